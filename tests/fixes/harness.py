"""Makes all fixes of a file and looks at what comes of it.

What must hold, whatever the file: the rounds come to an end, no fix is refused, the result can be
read, nothing is found that was not found before, what stands outside of the edits is as it was,
and a second run has nothing to do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ssmlint.editing import edited
from ssmlint.engine import check_files, read
from ssmlint.fixing import Fixed, fix_all, is_fixable, is_safely_fixable
from ssmlint.packs import all_rules
from ssmlint.rule import Finding
from ssmlint.settings import DEFAULTS
from ssmlint.source import Source, decode

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"

_ENDINGS = (".yaml", ".yml", ".json")


@dataclass(frozen=True)
class Outcome:
    """A file with its fixes made, and what is wrong with that."""

    fixed: Fixed
    complaints: tuple[str, ...]

    @property
    def counts(self) -> Counter[str]:
        """How many fixes were made, by rule."""
        return Counter(finding.rule.name for finding in self.fixed.applied)


def files_below(folder: Path) -> list[Path]:
    """The documents and policies below a folder, if it is there."""
    found = (path for path in folder.rglob("*") if path.suffix in _ENDINGS)
    return sorted(path for path in found if path.is_file())


def source_of(path: Path) -> Source:
    """A file as it is."""
    return decode(path.read_bytes(), str(path))


def found_in(source: Source) -> list[Finding]:
    """What all rules find, those that have to be asked for included."""
    return check_files([read(source)], all_rules(), DEFAULTS)


def outcome_of(source: Source, *, unsafe: bool) -> Outcome:
    """Make all fixes of a file, and look at the result."""
    may = is_fixable if unsafe else is_safely_fixable
    fixed = fix_all(source, found_in, may)
    return Outcome(fixed, tuple(_complaints(fixed, unsafe=unsafe)))


def _complaints(fixed: Fixed, *, unsafe: bool) -> Iterable[str]:
    if not fixed.converged:
        yield f"the rounds come to no end: {[f.rule.name for f in fixed.applied[-4:]]}"
    for refusal in fixed.refused:
        yield f"`{refusal.finding.rule.name}` is refused: {refusal.reason}"
    if fixed.source is fixed.before:
        return
    before, after = read(fixed.before), read(fixed.source)
    if after.tree.broken and not before.tree.broken:
        yield "the result cannot be read"
    if edited(fixed.before.text, fixed.edits) != fixed.source.text:
        yield "something has changed outside of the edits"
    yield from _news(fixed)
    again = fix_all(fixed.source, found_in, is_fixable if unsafe else is_safely_fixable)
    if again.source is not again.before:
        yield f"a second run mends {[f.rule.name for f in again.applied]}"


def _news(fixed: Fixed) -> Iterable[str]:
    """What is found now and was not before, by rule."""
    before = Counter(finding.rule.name for finding in found_in(fixed.before))
    now = Counter(finding.rule.name for finding in fixed.findings)
    for name, count in sorted((now - before).items()):
        examples = [f for f in fixed.findings if f.rule.name == name]
        yield f"{count} new `{name}`: {examples[-1].message}"
