"""For authors: run the examples of some rules and print what they find.

python -m tests.rules.show RULE...        the examples of rules, by id or name
python -m tests.rules.show RULE -- FILE... what a rule says about files
"""

from __future__ import annotations

import sys
from pathlib import Path

from ssmlint.packs import load_pack
from ssmlint.page import parse_page
from ssmlint.rule import Finding, Rule
from ssmlint.source import decode
from tests.rules.harness import BadExample, expect_fixed, expect_good, findings_of, wrap


def main(arguments: list[str]) -> int:
    """Print; 0 where every example does what its page says."""
    names, _, paths = " ".join(arguments).partition("--")
    pack = load_pack("builtin", "ssmlint_rules")
    for failure in pack.failures:
        print(failure)
    rules = [rule for rule in pack.rules if {rule.id, rule.name} & set(names.split())]
    for rule in rules:
        for path in paths.split():
            for finding in findings_of(rule, decode(Path(path).read_bytes(), path)):
                _show(finding)
        if not paths and not _examples(rule):
            return 1
    return 0 if rules else 2


def _examples(rule: Rule) -> bool:
    from tests.rules.harness import expect_bad

    page = parse_page(rule.page)
    try:
        for bad, good in page.pairs:
            print(f"--- {rule.id} {rule.name}: bad example")
            for finding in findings_of(rule, wrap(bad).source):
                _show(finding)
            expect_bad(rule, bad)
            print("fixed" if expect_fixed(rule, bad, good) else "no fix")
        for example in page.examples:
            if example.is_good:
                expect_good(rule, example)
    except BadExample as error:
        print(error)
        return False
    return True


def _show(finding: Finding) -> None:
    at = finding.source.lines.position(finding.span.start)
    place = f"{finding.source.path}:{at.line + 1}:{at.column + 1}"
    print(f"{place}: {finding.severity.value}: {finding.message}")
    print(f"    {finding.source.at(finding.span)[:100]!r}")
    for note in (*finding.problem.related, *finding.problem.trace):
        there = (note.source or finding.source).lines.position(note.span.start)
        print(f"    {there.line + 1}:{there.column + 1} {note.message}")
    if finding.problem.fix:
        print(f"    fix ({finding.problem.fix.safety.value}): {finding.problem.fix.title}")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
