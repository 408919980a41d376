"""Every option of a configuration: what it takes, what it means, an example.

Validation, `ssmlint config`, the JSON Schema and the page in `docs/` all come from here.
"""

from __future__ import annotations

import enum

from ssmlint.records import dataclass
from ssmlint.report import FORMATS
from ssmlint.rule import Severity


class Kind(enum.Enum):
    """What an option takes; the value says it in words."""

    TEXT = "a string"
    PATH = "a path"
    CHOICE = "one of some words"
    VERSION = "a version number, as a string"
    SELECTORS = "a list of rules"
    GLOBS = "a list of patterns"
    SEVERITIES = "a table from rules to severities"
    FILE_SELECTORS = "a table from patterns to lists of rules"
    DOCUMENTS = "a table from names to paths"
    EFFECTS = "a list of tables"
    FLAG = "true or false"


class Joining(enum.Enum):
    """What becomes of the value in a file that is extended."""

    REPLACES = "replaces the value of an extended file"
    ADDS = "is added to the value of an extended file"
    MERGES = "is merged with the table of an extended file; the nearer entry counts"
    STAYS = "is about this file only"


@dataclass(frozen=True, slots=True)
class Option:
    """One key of the configuration."""

    name: str
    kind: Kind
    default: str
    """As TOML, or in words where there is no value that means the same."""
    summary: str
    """One line, no full stop."""
    text: str
    """More, in Markdown."""
    example: str
    """A piece of `ssmlint.toml`."""
    joining: Joining = Joining.REPLACES
    choices: tuple[str, ...] = ()
    flag: str | None = None
    """The option of `ssmlint check` that has the last word."""


SEVERITIES = tuple(severity.value for severity in Severity)

#: How rules are named wherever a list of them is taken.
_SELECTORS = """\
A rule goes by its id (`SH101`) or its name (`undefined-variable`); the letters of a family (`SH`),
the beginning of an id (`SH1`) and `ALL` stand for several. `shellcheck` stands for everything that
shellcheck says, `shellcheck/SC2086` for one of its checks. Of two that mean the same rule the more
exact one decides."""

_GLOBS = """\
Patterns are those of `.gitignore`, read from the folder of the file that they stand in: `legacy/`,
`*.json`, `/templates/**/*.yaml`."""

OPTIONS = (
    Option(
        "extend",
        Kind.PATH,
        "none",
        "another configuration file to build upon",
        """\
The path is read from the folder of this file; `~` is your home directory. The other file may extend
a third one. A `pyproject.toml` is extended by its `[tool.ssmlint]`.""",
        'extend = "../ssmlint.toml"',
        Joining.STAYS,
    ),
    Option(
        "select",
        Kind.SELECTORS,
        "the rules that are on by default",
        "the rules to run, in place of the default set",
        _SELECTORS,
        'select = ["SSM", "DLM", "undefined-variable"]',
        flag="--select",
    ),
    Option(
        "extend-select",
        Kind.SELECTORS,
        "[]",
        "rules to run besides those of `select` or of the default set",
        _SELECTORS,
        'extend-select = ["freezes-what-the-agent-needs"]',
        Joining.ADDS,
        flag="--extend-select",
    ),
    Option(
        "ignore",
        Kind.SELECTORS,
        "[]",
        "rules not to run",
        _SELECTORS,
        'ignore = ["missing-watchdog"]',
        flag="--ignore",
    ),
    Option(
        "severity",
        Kind.SEVERITIES,
        "{}",
        "what to take the findings of some rules for",
        f"""\
A severity of your own counts for every finding of the rule, also where the rule itself calls one
graver than another. It is one of {", ".join(f"`{s}`" for s in SEVERITIES)}; the exit status follows
it.

{_SELECTORS}""",
        '[severity]\nunused-parameter = "info"\nDLM = "error"',
        Joining.MERGES,
    ),
    Option(
        "per-file-ignores",
        Kind.FILE_SELECTORS,
        "{}",
        "rules that say nothing about some files",
        f"""\
For files that cannot hold a comment (JSON) and for whole folders.

{_GLOBS} A `!` in front means
every file of the folder that does not fit. Nothing selects a rule again that is ignored here.""",
        '[per-file-ignores]\n"legacy/" = ["SH"]\n"policies/*.json" = ["retention-shorter-than-schedule"]',
        Joining.MERGES,
    ),
    Option(
        "fix",
        Kind.FLAG,
        "false",
        "whether `ssmlint check` makes the fixes of what it finds",
        """\
A run goes by the configuration of the current directory. See docs/fixes.md.""",
        "fix = true",
        flag="--fix",
    ),
    Option(
        "unsafe-fixes",
        Kind.FLAG,
        "none: mentioned, not made",
        "whether fixes are made, too, that a person should look at",
        """\
With `false` they are not even mentioned at the end of a run. A run goes by the configuration of the
current directory.""",
        "unsafe-fixes = true",
        flag="--unsafe-fixes",
    ),
    Option(
        "fixable",
        Kind.SELECTORS,
        '["ALL"]',
        "the rules whose fixes are offered and made",
        _SELECTORS,
        'fixable = ["SSM"]',
        flag="--fixable",
    ),
    Option(
        "unfixable",
        Kind.SELECTORS,
        "[]",
        "rules whose fixes are neither offered nor made",
        _SELECTORS,
        'unfixable = ["unused-suppression"]',
        flag="--unfixable",
    ),
    Option(
        "extend-safe-fixes",
        Kind.SELECTORS,
        "[]",
        "rules whose fixes you take for safe, although ssmlint does not",
        f"""\
Of a rule that is in `extend-unsafe-fixes`, too, the fixes are unsafe, unless it is named more exactly
here.

{_SELECTORS}""",
        'extend-safe-fixes = ["misspelt-handler"]',
        Joining.ADDS,
    ),
    Option(
        "extend-unsafe-fixes",
        Kind.SELECTORS,
        "[]",
        "rules whose fixes you want to look at, although ssmlint calls them safe",
        _SELECTORS,
        'extend-unsafe-fixes = ["carriage-return"]',
        Joining.ADDS,
    ),
    Option(
        "include",
        Kind.GLOBS,
        "every file",
        "the files to look into when folders are searched",
        f"""\
ssmlint finds documents and policies by what they hold, whatever they are called; this narrows the
search.

{_GLOBS}

A file that is named on the command line is checked all the same.""",
        'include = ["documents/", "policies/*.json"]',
    ),
    Option(
        "exclude",
        Kind.GLOBS,
        "[]",
        "files and folders to leave out when folders are searched",
        f"""\
What git ignores and hidden folders are left out anyway.

{_GLOBS}

A file that is named on the
command line is checked all the same, unless `--force-exclude` is given, as a hook should do.""",
        'exclude = ["vendor/", "*.template.yaml"]',
    ),
    Option(
        "documents",
        Kind.DOCUMENTS,
        "{}",
        "which file holds the document that policies call by a name",
        """\
A policy names its pre/post document as AWS knows it. ssmlint looks for a document of that name: the
comment `# ssmlint: name=NAME` in a document gives it one, else it goes by its file's name without
the ending. This table says it where neither is so; paths are read from the folder of this file. A
file that is named here is read for the policies' sake even if only the policy is checked, as
pre-commit does it.""",
        '[documents]\nFreezeMySQL = "documents/mysql.yaml"',
        Joining.MERGES,
    ),
    Option(
        "effects",
        Kind.EFFECTS,
        "[]",
        "what commands of your own do: freeze, thaw, probe and so on",
        """\
Rows for the table of effects by which scripts are judged; they go before the rows that ssmlint
brings (`ssmlint/shell/effects.toml` lists those and explains every key). A wrapper that freezes,
and one that thaws, tell ssmlint what your script holds at its end.""",
        """\
[[effects]]
name = "our freeze"
kind = "acquire"
resource = "filesystem"
commands = ["our-freeze"]
operands = ["<target>"]
target = "operand"
source = "the manual of our-freeze"

[[effects]]
name = "our thaw"
kind = "release"
resource = "filesystem"
commands = ["our-thaw"]
operands = ["<target>"]
target = "operand"
source = "the manual of our-freeze\"""",
        Joining.ADDS,
    ),
    Option(
        "target-agent",
        Kind.VERSION,
        "none: any version",
        "the oldest version of the SSM agent that your hosts run",
        """\
With it ssmlint reports what that agent does not know yet (`too-new-for-agent`). Without it the
newest agent is assumed.""",
        'target-agent = "3.2.2303.0"',
    ),
    Option(
        "fail-on",
        Kind.CHOICE,
        '"warning"',
        "the least severity that makes the exit status 1",
        """\
Everything found is reported, whatever this says. See docs/exit-codes.md.""",
        'fail-on = "error"',
        choices=SEVERITIES,
        flag="--fail-on",
    ),
    Option(
        "shellcheck",
        Kind.CHOICE,
        '"off"',
        "whether the scripts are checked with shellcheck, too",
        """\
`require` makes it an error where shellcheck is not installed; with `on` a note says so. See
docs/shellcheck.md.""",
        'shellcheck = "on"',
        choices=("off", "on", "require"),
        flag="--shellcheck",
    ),
    Option(
        "output-format",
        Kind.CHOICE,
        '"text"',
        "how findings are printed",
        """\
A run has one format: that of the configuration of the current directory.""",
        'output-format = "grouped"',
        choices=tuple(FORMATS),
        flag="--output-format",
    ),
    Option(
        "baseline",
        Kind.PATH,
        "none",
        "a file with findings that are known and not reported",
        """\
The path is read from the folder of this file. `ssmlint check --write-baseline` writes it,
`--prune-baseline` takes out what is no longer found. A run has one baseline: that of the
configuration of the current directory. See docs/baseline.md.""",
        'baseline = "ssmlint-baseline.json"',
        flag="--baseline",
    ),
    Option(
        "cache-dir",
        Kind.PATH,
        "`ssmlint` in your cache directory",
        "where results are kept for the next run",
        """\
The path is read from the folder of this file; `~` is your home directory. A run has one cache: that
of the configuration of the current directory. `SSMLINT_CACHE_DIR` in the environment goes before it,
`--no-cache` forgoes it, `ssmlint clean` removes it. See docs/speed.md.""",
        'cache-dir = ".ssmlint_cache"',
        flag="--cache-dir",
    ),
)

BY_NAME = {option.name: option for option in OPTIONS}
