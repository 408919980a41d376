"""What is remembered, for how long, and that it makes no difference."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

from ssmlint import engine
from ssmlint.embedded import Script
from ssmlint.files import Result
from ssmlint.reuse import Kept, forget, once
from ssmlint.rule import Finding
from ssmlint.settings import DEFAULTS
from ssmlint.shell import stage_runs
from ssmlint.shell.scriptfacts import ShellScript, shell_scripts_of
from ssmlint.shell.stage_runs import stage_reports
from ssmlint.source import Source
from ssmlint.workspace import Workspace

TEMPLATE = (Path(engine.__file__).parent / "templates" / "empty.yaml").read_text("utf-8")
BROKEN = TEMPLATE.replace("fsfreeze -u", "true")


class Fact:
    pass


def test_a_fact_is_asked_once() -> None:
    asked: list[Fact] = []
    ask = once(asked.append)
    one, other = Fact(), Fact()
    for fact in (one, other, one):
        ask(fact)
    assert asked == [one, other]


def test_what_is_remembered_of_a_fact_goes_with_it() -> None:
    ask = once(lambda fact: [fact])
    fact = Fact()
    ask(fact)
    gone = weakref.ref(fact)
    del fact
    gc.collect()
    assert gone() is None


def test_what_was_used_last_is_kept() -> None:
    made: list[str] = []
    kept: Kept[str, None] = Kept(budget=3)
    for key in ("a", "bb", "a", "c", "a", "bb"):
        kept.get(key, len(key), lambda key=key: made.append(key))  # type: ignore[misc]
    assert made == ["a", "bb", "c", "bb"]
    kept.get("too heavy", 9, lambda: None)
    assert len(kept) == 1


def test_what_is_kept_can_be_forgotten() -> None:
    kept: Kept[str, list[int]] = Kept(budget=9)
    first = kept.get("a", 1, lambda: [1])
    forget()
    assert kept.get("a", 1, lambda: [2]) is not first


def read(text: str) -> engine.File:
    return engine.read(Source("a.yaml", text))


def script_of(text: str) -> ShellScript:
    (script,) = shell_scripts_of(read(text).documents[0])
    return script


def test_the_same_text_is_read_once_wherever_it_stands() -> None:
    one, other = script_of(TEMPLATE), script_of("# moved down\n" + TEMPLATE)
    assert one.read is other.read
    assert other.place(other.uses[0].span).start == one.place(one.uses[0].span).start + 13
    assert script_of(BROKEN).read is not one.read


def test_runs_are_those_of_the_scripts_and_places_those_of_the_file() -> None:
    before, after = read(BROKEN), read("# moved down\n" + BROKEN)
    (one,), (other,) = (stage_reports(file.documents[0]) for file in (before, after))
    assert one.runs is other.runs
    assert [note.message for end in one.pre.ends for note in one.trace(end)] == [
        note.message for end in other.pre.ends for note in other.trace(end)
    ]
    starts = [note.span.start for end in one.pre.ends for note in one.trace(end)]
    moved = [note.span.start for end in other.pre.ends for note in other.trace(end)]
    assert moved == [start + 13 for start in starts] != []


def test_another_stage_parameter_makes_other_runs() -> None:
    renamed = BROKEN.replace("  command:", "  stage:", 1)
    before = stage_reports(read(BROKEN).documents[0])
    after = stage_reports(read(renamed).documents[0])
    assert all(one.runs is not other.runs for one in before for other in after)


def found(text: str) -> list[tuple[str, str]]:
    def key(finding: Finding) -> tuple[str, str]:
        return finding.rule.id, finding.message

    return sorted(map(key, engine.check(Source("a.yaml", text), DEFAULTS)))


def test_a_precondition_counts_although_no_script_changes() -> None:
    conditional = BROKEN.replace(
        "action: aws:runShellScript",
        "precondition: {StringEquals: ['{{ command }}', dry-run]}\n    action: aws:runShellScript",
        1,
    )
    assert conditional != BROKEN
    first, second = found(BROKEN), found(conditional)
    assert first != second
    assert (found(BROKEN), found(conditional)) == (first, second)


def test_a_script_is_one_object_however_often_it_is_asked_for() -> None:
    file = read(TEMPLATE)
    facts = engine.Facts(file, Workspace(()), DEFAULTS)
    (script,) = facts.of(Script)
    (shell,) = facts.of(ShellScript)
    assert shell.script is script


def test_early_findings_are_among_those_in_the_end() -> None:
    from ssmlint.packs import all_rules
    from ssmlint.settings import enabled_rules

    early: list[Result] = []
    rules = enabled_rules(all_rules(), DEFAULTS)
    group = engine.Group((read(BROKEN),), rules, DEFAULTS)
    workspace = Workspace(())
    (result,) = engine.results_of(group, workspace, early=early.append)
    (first,) = early
    quick = {finding.sort_key for finding in first.findings}
    everything = {finding.sort_key for finding in result.findings}
    assert quick < everything
    slow = {f.rule.id for f in result.findings if f.sort_key not in quick}
    assert slow == {f.rule.id for f in result.findings if engine.is_slow(f.rule)}


def test_quick_rules_run_nothing() -> None:
    """An editor hears of them first, and must not wait for the runs of a document."""
    from ssmlint.packs import all_rules
    from ssmlint.settings import enabled_rules

    rules = enabled_rules(all_rules(), DEFAULTS)
    quick = [rule for rule in rules if not engine.is_slow(rule)]
    forget()
    engine.check_file(read(BROKEN), quick)
    assert len(stage_runs._RUNS) == 0
    engine.check_file(read(BROKEN), rules)
    assert len(stage_runs._RUNS) == 1
