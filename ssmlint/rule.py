"""What a rule is and what it says.

A rule is one module: its docstring is its page, and one generator function, marked with
`@rule`, looks at one kind of fact (a `Tree`, an `SsmDocument`, a `Script` ...) and yields
`Problem`s.  The engine turns a problem into a `Finding` by adding the rule and the file.
"""

from __future__ import annotations

import enum
import sys
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from ssmlint.project import SITE
from ssmlint.records import dataclass
from ssmlint.source import Source, Span

#: Where the page of a rule of ours is; a pack names its own as `RULE_PAGES`.
SITE_RULE_PAGES = SITE + "/rules/{name}.html"


class Severity(enum.Enum):
    """How much a finding matters; see ARCHITECTURE.md for what each promises."""

    ERROR = "error"
    """AWS or the agent refuses it, or data or availability is at risk."""
    WARNING = "warning"
    """It will misbehave in some run."""
    INFO = "info"
    """Advice."""

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return list(Severity).index(self)


class Safety(enum.Enum):
    """Whether a fix may be applied without a person looking at it."""

    SAFE = "safe"
    UNSAFE = "unsafe"


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace what stands at `span` by `text`; an empty span inserts."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """One way to mend a problem: all `edits` together, in the problem's own file."""

    title: str
    edits: tuple[Edit, ...]
    safety: Safety = Safety.SAFE


@dataclass(frozen=True, slots=True)
class Note:
    """A place with a few words: a related place, or one step of a trace.

    `source` is set where the place lies in another file than the problem.
    """

    span: Span
    message: str
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule found.

    `message`: lower case start, no full stop, offending text in backquotes.  `trace` is
    the path of a run that leads to the defect, in order.  `severity` overrides the
    rule's own where one defect is graver in one place than in another.
    """

    span: Span
    message: str
    related: tuple[Note, ...] = ()
    trace: tuple[Note, ...] = ()
    fix: Fix | None = None
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem with the rule that found it and the file it stands in."""

    rule: Rule
    source: Source
    problem: Problem

    @property
    def severity(self) -> Severity:
        """The problem's own severity, else the rule's."""
        return self.problem.severity or self.rule.severity

    @property
    def span(self) -> Span:
        """The primary place."""
        return self.problem.span

    @property
    def message(self) -> str:
        """What is wrong, in one line."""
        return self.problem.message

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """A stable order: by file, place, rule and message."""
        return (self.source.path, self.span.start, self.span.end, self.rule.id, self.message)


Subject = TypeVar("Subject")
Check = Callable[[Subject], Iterator[Problem]]


@dataclass(frozen=True, eq=False)
class Rule:
    """A rule as the engine knows it: metadata and the function that checks."""

    id: str
    """Family letters and three digits, such as `SH101`."""
    name: str
    """Kebab-case name of the defect, so that "allow undefined-variable" reads well."""
    severity: Severity
    on: type[Any]
    """The kind of fact that `check` takes."""
    check: Check[Any]
    page: str
    """The rule's page in Markdown: the docstring of its module."""
    default: bool = True
    """Whether it runs when nothing is selected."""
    covers: tuple[str, ...] = ()
    """Beginnings of the ids of other programs' rules that say the same of a place, such as
    `shellcheck/SC2154`; where both do, only this one is shown."""
    covers_script: tuple[str, ...] = ()
    """The same for rules that say it again and again of the whole script."""
    url: str | None = None
    """Where its page is on the web, if it is there."""
    asks_runs: bool = False
    """Whether it asks for the runs of a document (`stage_reports`) though `on` does not say so.
    An editor hears of it later then, as of all rules for which something is run."""

    @property
    def label(self) -> str:
        """Id and name, once where they are the same."""
        return self.id if self.id == self.name else f"{self.id} {self.name}"

    @property
    def kind(self) -> str:
        """The name of the kind of fact that it looks at."""
        return self.on.__name__

    @property
    def family(self) -> str:
        """The letters of the id."""
        return self.id.rstrip("0123456789")

    @property
    def summary(self) -> str:
        """The first paragraph of the page's "What it does", on one line."""
        body = self.page.partition("## What it does")[2].strip()
        return " ".join(body.partition("\n\n")[0].split())


def rule(
    id: str,
    name: str,
    severity: Severity,
    *,
    on: type[Subject],
    default: bool = True,
    covers: tuple[str, ...] = (),
    covers_script: tuple[str, ...] = (),
    asks_runs: bool = False,
) -> Callable[[Check[Subject]], Rule]:
    """Make a rule of a generator function; its module's docstring becomes the page.

    Where the page is on the web is said by the constant `RULE_PAGES` of the rule's
    top-level package, if it has one: a URL with `{name}` in it.
    """

    def mark(check: Check[Subject]) -> Rule:
        page = str(check.__globals__.get("__doc__") or "").strip()
        pages = getattr(sys.modules.get(check.__module__.partition(".")[0]), "RULE_PAGES", None)
        url = pages.format(name=name) if pages else None
        return Rule(
            id, name, severity, on, check, page, default, covers, covers_script, url, asks_runs
        )

    return mark


#: The engine's own rule: another rule (or a whole pack) failed.  Findings of this rule
#: make the exit status 2, because a clean result would be no result.
INTERNAL_ERROR = Rule(
    "SSM000",
    "internal-error",
    Severity.ERROR,
    on=object,
    check=lambda subject: iter(()),
    page="""\
## What it does
Reports that a rule crashed while it looked at a file.

## Why is this bad?
The other rules have still run, but this one has said nothing about the file, so a result
without its findings proves nothing. Please report it, with the file if you can share it.""",
    url=SITE_RULE_PAGES.format(name="internal-error"),
)
