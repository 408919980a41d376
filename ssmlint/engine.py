"""Source in, findings out: the one function that every front end stands on."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import field, replace

from ssmlint import clock
from ssmlint.directives import MARK
from ssmlint.errors import describe_defect
from ssmlint.facts import Facts as Facts
from ssmlint.files import Done, Result, in_order, workspace_of
from ssmlint.files import File as File
from ssmlint.files import Group as Group
from ssmlint.files import read as read
from ssmlint.interruption import checkpoint
from ssmlint.model.pair import Handler, Pair
from ssmlint.packs import all_rules
from ssmlint.records import dataclass
from ssmlint.rule import INTERNAL_ERROR, Edit, Finding, Problem, Rule
from ssmlint.settings import (
    DEFAULTS,
    SHELLCHECK,
    Settings,
    enabled_rules,
    fix_of,
    is_covered,
    is_enabled,
    severity_of,
    wants_shellcheck,
)
from ssmlint.shell.stages import StageReport
from ssmlint.source import Source, Span
from ssmlint.suppressions import Suppressions, UnusedSuppression
from ssmlint.workspace import Workspace


def check(source: Source, settings: Settings, rules: Iterable[Rule] | None = None) -> list[Finding]:
    """Every finding of one file, in a stable order.

    Never raises for anything in the file: a rule that crashes is one `internal-error`
    finding, and the other rules still run.
    """
    if rules is None:
        rules = enabled_rules(all_rules(), settings)
    return check_files([read(source)], rules, settings)


def check_files(
    files: Iterable[File], rules: Iterable[Rule], settings: Settings, done: Done = lambda _: None
) -> list[Finding]:
    """Every finding of the files of one run, policies together with their documents."""
    return check_groups([Group(tuple(files), tuple(rules), settings)], done=done)


def check_groups(
    groups: Iterable[Group], others: Iterable[File] = (), done: Done = lambda _: None
) -> list[Finding]:
    """Every finding of the files of one run, in a stable order.

    The policies of the run may name documents in the `others`, of which nothing is said.
    """
    groups = tuple(groups)
    results = [
        result
        for group in groups
        for result in results_of(group, workspace_of(group, groups, others), done)
    ]
    return in_order(results)


def has_judged(groups: Iterable[Group]) -> Callable[[str, str], bool]:
    """Tells whether a rule (by its id) has said of a file (by its path) all that it can say."""
    known: dict[str, tuple[frozenset[str], bool]] = {}
    for group in groups:
        ids = frozenset(rule.id for rule in group.rules if not needs_workspace(rule))
        for file in group.files:
            key = os.path.realpath(file.source.path)
            known[key] = (ids, wants_shellcheck(group.settings))

    def judged(path: str, rule: str) -> bool:
        ids, has_shellcheck = known.get(os.path.realpath(path), (frozenset(), False))
        if has_shellcheck and rule.startswith(SHELLCHECK):
            from ssmlint.external import missing

            return missing() is None
        return rule in ids

    return judged


#: Called with what the quick rules have found in a file, before the slow ones run.
Early = Callable[[Result], object]


def results_of(
    group: Group,
    workspace: Workspace,
    done: Done = lambda _: None,
    early: Early | None = None,
) -> list[Result]:
    """What there is to say of each file of a group, in their order.

    Who cannot wait is told `early` what has been found without running anything, not even
    symbolically; it lacks the findings of the rules that are `slow`, and of shellcheck.
    """
    results = [_finish(one) for one in _checked(group, workspace, done, early)]
    for result in results:
        group.hidden.extend(result.hidden)
    return results


def _checked(group: Group, workspace: Workspace, done: Done, early: Early | None) -> list[_Checked]:
    if not wants_shellcheck(group.settings):
        return _check_by_rules(group, workspace, done, early)
    from ssmlint.external import Shellcheck, missing

    readable = (d for file in group.files if not file.tree.broken for d in file.documents)
    with Shellcheck(readable, group.settings) as shellcheck:
        checked = _check_by_rules(group, workspace, done, early)
        said = shellcheck.findings([finding for one in checked for finding in one.found])
    failures = [finding for finding in said if finding.rule is INTERNAL_ERROR]
    for one in checked:
        mine = [finding for finding in said if finding.source is one.facts.file.source]
        one.found += [finding for finding in mine if finding not in failures]
        one.failures = [finding for finding in mine if finding in failures]
        one.has_shellcheck = missing() is None and not failures
        one.is_lasting = one.is_lasting and not failures
    return checked


def _check_by_rules(
    group: Group, workspace: Workspace, done: Done, early: Early | None
) -> list[_Checked]:
    checked: list[_Checked] = []
    for file in group.files:
        checked.append(_check(Facts(file, workspace, group.settings), group.rules, early))
        done(file)
    return checked


def needs_workspace(rule: Rule) -> bool:
    """Whether a rule's findings in one file may depend on the other files of the run."""
    return rule.on in (Handler, Pair)


def check_file(
    file: File,
    rules: Iterable[Rule],
    workspace: Workspace | None = None,
    settings: Settings = DEFAULTS,
) -> list[Finding]:
    """Every finding of a file that was read before.

    Without a workspace the file stands alone: its policies meet only its own documents.
    """
    facts = Facts(file, workspace or Workspace(file.documents), settings)
    return sorted(_finish(_check(facts, rules)).findings, key=lambda finding: finding.sort_key)


@dataclass(eq=False)
class _Checked:
    """A file and what its rules have found, before anybody has asked not to hear of it."""

    facts: Facts
    rules: tuple[Rule, ...]
    """Those that have run."""
    found: list[Finding]
    has_shellcheck: bool = False
    """Whether shellcheck has had its say."""
    hidden: list[Finding] = field(default_factory=list)
    """What comments suppress, once that is known."""
    failures: list[Finding] = field(default_factory=list)
    """That shellcheck has failed, which says nothing about the file."""
    is_lasting: bool = True
    """Whether nobody has looked at the clock, and shellcheck has not failed."""

    def has_run(self, name: str) -> bool:
        """Whether a rule has said all that it can say of this file.

        What needs the other files of a run may say more when there are more of them.
        """
        if self.has_shellcheck and name.startswith(f"{SHELLCHECK}/"):
            from ssmlint.external.rules import rule_named

            rule = rule_named(name)
            if rule is not None:
                ignored = is_covered(rule, self.facts.ignored)
                return is_enabled(rule, self.facts.settings) and not ignored
        done = (r for r in self.rules if not needs_workspace(r) and r.on is not UnusedSuppression)
        return any(name in (rule.id, rule.name) for rule in done)


def is_slow(rule: Rule) -> bool:
    """Whether a rule asks for what takes long to make: the runs of a document."""
    return rule.on is StageReport or rule.asks_runs or needs_workspace(rule)


def _check(facts: Facts, rules: Iterable[Rule], early: Early | None = None) -> _Checked:
    file = facts.file
    if not file.is_ours:
        return _Checked(facts, (), [])
    rules = tuple(rule for rule in rules if not is_covered(rule, facts.ignored))
    before = clock.looks()
    asked = [rule for rule in rules if rule.on is not UnusedSuppression]
    found: list[Finding] = []
    if early is not None:
        quick = tuple(rule for rule in asked if not is_slow(rule))
        found += (finding for rule in quick for finding in _run(rule, facts))
        early(_finish(_Checked(facts, quick, _unique(found))))
        asked = [rule for rule in asked if is_slow(rule)]
    found += (finding for rule in asked for finding in _run(rule, facts))
    if MARK not in file.source.text:
        # A run may have thousands of files, and nobody asks for these facts again.
        facts.forget()
    return _Checked(facts, rules, _unique(found), is_lasting=clock.looks() == before)


def _unique(findings: Iterable[Finding]) -> list[Finding]:
    """The findings of one file, each once: an alias makes two facts of one place."""
    return list({(f.rule.id, f.span, f.message): f for f in findings}.values())


def _finish(checked: _Checked) -> Result:
    """What is left of the findings of a file, and how grave the user takes it."""
    before = clock.looks()
    findings = (*_graded(checked), *checked.failures)
    has_crashed = any(finding.rule is INTERNAL_ERROR for finding in findings)
    is_lasting = checked.is_lasting and clock.looks() == before and not has_crashed
    return Result(checked.facts.file, findings, tuple(checked.hidden), is_lasting)


def _graded(checked: _Checked) -> Iterator[Finding]:
    for finding in _audible(checked):
        settings, problem = checked.facts.settings, finding.problem
        severity = severity_of(finding.rule, settings)
        if is_covered(finding.rule, checked.facts.ignored):
            continue
        if severity not in (None, finding.severity):
            problem = replace(problem, severity=severity)
        if problem.fix is not None:
            fix = fix_of(finding.rule, problem.fix, settings)
            problem = problem if fix is problem.fix else replace(problem, fix=fix)
        yield finding if problem is finding.problem else replace(finding, problem=problem)


def _audible(checked: _Checked) -> list[Finding]:
    """The findings that no comment in the file suppresses, and comments that do nothing."""
    facts, found = checked.facts, checked.found
    if MARK not in facts.file.source.text:
        return found
    try:
        suppressions = Suppressions(facts.suppressions())
        left: list[Finding] = []
        for finding in found:
            (checked.hidden if suppressions.hide(finding) else left).append(finding)
        if not any(finding.rule is INTERNAL_ERROR for finding in found):
            facts.give(UnusedSuppression, suppressions.unused(checked.has_run))
    except Exception as error:
        return [*found, _crash("reading the suppressions", error, facts.file.source)]
    late = (rule for rule in checked.rules if rule.on is UnusedSuppression)
    unused = _unique(finding for rule in late for finding in _run(rule, facts))
    return [*left, *(finding for finding in unused if not suppressions.hide(finding))]


def _run(rule: Rule, facts: Facts) -> Iterator[Finding]:
    source = facts.file.source
    checkpoint()
    try:
        subjects = facts.of(rule.on)
    except Exception as error:
        # The same words for every rule that wants these facts, so that it is one finding.
        yield _crash(f"reading the file as `{rule.on.__name__}`", error, source)
        return
    for subject in subjects:
        found: list[Problem] = []
        try:
            found.extend(rule.check(subject))
        except Exception as error:
            yield _crash(f"rule `{rule.name}`", error, source)
        for problem in found:
            yield Finding(rule, source, _in_lines_of(source, problem))


def _in_lines_of(source: Source, problem: Problem) -> Problem:
    """The problem, its fix with line breaks as they are in the file: rules speak of LF only."""
    fix = problem.fix
    if fix is None or "\r" not in source.text or all("\n" not in e.text for e in fix.edits):
        return problem
    edits = tuple(
        Edit(edit.span, edit.text.replace("\n", source.line_break_at(edit.span.start)))
        for edit in fix.edits
    )
    return replace(problem, fix=replace(fix, edits=edits))


def _crash(what: str, error: Exception, source: Source) -> Finding:
    text = f"{what} crashed: {describe_defect(error)}"
    return Finding(INTERNAL_ERROR, source, Problem(Span(0, min(1, len(source.text))), text))
