"""A branch for a stage that a script has none for."""

from __future__ import annotations

from ssmlint.engine import Facts
from ssmlint.model.document import DLM_STAGES
from ssmlint.rule import Edit, Finding, Fix, Safety
from ssmlint.shell.rewriting import in_script
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import Case, CaseItem
from ssmlint.source import Span

#: What it ends with until somebody has written it: no snapshot is taken on a false promise.
_UNWRITTEN = 1


def branch_added(facts: Facts, finding: Finding) -> Fix | None:
    """Add the branch that a finding misses to the `case` that it is about."""
    stage = next((stage for stage in DLM_STAGES if finding.message.startswith(stage)), None)
    for script in facts.of(ShellScript) if stage is not None else ():
        for case in script.index.of(Case):
            if script.place(case.subject.span) == finding.span and stage not in _names(case):
                edits = in_script(script, (_branch(script, case, stage or ""),))
                title = f"add a branch for `{stage}`"
                return Fix(title, edits, Safety.UNSAFE) if edits else None
    return None


def _names(case: Case) -> set[str]:
    return {pattern.literal or "" for item in case.items for pattern in item.patterns}


def _branch(script: ShellScript, case: Case, stage: str) -> Edit:
    """The branch in front of the one for everything else, or at the end."""
    item = next((item for item in case.items if _takes_everything(item)), None)
    item = item or (case.items[-1] if case.items else None)
    if item is None:
        at = case.span.end - len("esac")
        return Edit(Span(at, at), f"{stage}) exit {_UNWRITTEN} ;; ")
    start = item.span.start
    margin = _margin(script.script.text, start)
    step = "    "
    lines = (
        f"{stage})",
        f"{step}echo '{stage} is not written yet' >&2",
        f"{step}exit {_UNWRITTEN}",
        f"{step};;",
        "",
    )
    return Edit(Span(start, start), f"\n{margin}".join(lines))


def _takes_everything(item: CaseItem) -> bool:
    return any(pattern.literal == "*" for pattern in item.patterns)


def _margin(text: str, offset: int) -> str:
    """The blanks in front of a place that begins its line; none elsewhere."""
    before = text[text.rfind("\n", 0, offset) + 1 : offset]
    return before if not before.strip() else ""
