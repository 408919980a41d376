"""Unquoted variables whose value may fall apart, or vanish, where that matters."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator

from ssmlint.records import dataclass
from ssmlint.shell.effects import EffectKind
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import (
    Arithmetic,
    ArrayValue,
    For,
    Literal,
    Substitution,
    Test,
    TestBinary,
    TestUnary,
    Variable,
    Word,
)
from ssmlint.shell.units import Unit
from ssmlint.shell.variables import Way, Write
from ssmlint.source import Span

_SPECIAL_NUMBERS = frozenset({"?", "#", "$", "!"})
#: Commands whose output is one word, if they succeed.
_ONE_WORD = re.compile(
    r"\b(?:wc|nproc|date\s+['\"]?\+|id\s+-|pgrep|pidof|stat\s+-c|grep\s+-\w*c|expr|bc|mktemp|uname"
    r"|hostname|whoami|uuidgen|tr\s+-dc|basename\s+['\"]?\$0|sha\d+sum|md5sum|arch|getconf)\b"
)
_BLANKS_OR_PATTERNS = re.compile(r"[\s*?\[]")
_MAX_COPIES = 4
_ACTS = (EffectKind.ACQUIRE, EffectKind.RELEASE, EffectKind.MUTATE)


class Risk(enum.Flag):
    """What may become of a value without quotes."""

    NONE = 0
    EMPTY = enum.auto()
    """It may be no word at all."""
    BLANKS = enum.auto()
    """It may be several words."""
    MEANT = enum.auto()
    """It is a list on purpose."""


@dataclass(frozen=True, slots=True)
class Unquoted:
    """An unquoted variable; the span is in the text of the unit (code points)."""

    name: str
    unit: Unit
    span: Span
    why: str


def unquoted_variables(script: ShellScript) -> Iterator[Unquoted]:
    """The places where quotes are missing and that matter."""
    for unit in script.units:
        for test in unit.index.of(TestUnary):
            outer = unit.index.enclosing(test, Test)
            if outer is not None and outer.bracket != "[[" and test.operator == "-n":
                yield from _found(script, unit, test.operand, Risk.EMPTY, _HOLDS)
        for pair in unit.index.of(TestBinary):
            outer = unit.index.enclosing(pair, Test)
            if outer is not None and outer.bracket != "[[" and pair.operator in ("=", "==", "!="):
                for word in (pair.left, pair.right):
                    yield from _found(script, unit, word, Risk.EMPTY | Risk.BLANKS, _FAILS)
    yield from _targets(script)


_HOLDS = "an empty value leaves `-n` alone, which always holds"
_FAILS = "an empty value, or one with a blank, is an error in this test"
_SPLITS = "a value with a blank is taken apart"


def _targets(script: ShellScript) -> Iterator[Unquoted]:
    """What a command freezes, mounts or otherwise changes: a filesystem."""
    for use, effect in script.effects:
        if effect.kind not in _ACTS or effect.resource != "filesystem":
            continue
        for word in use.command.words[1:]:
            if effect.target_field is not None and word.span == effect.target_field.span:
                yield from _found(script, use.unit, word, Risk.BLANKS, _SPLITS)


def _found(script: ShellScript, unit: Unit, word: Word, risk: Risk, why: str) -> Iterator[Unquoted]:
    match word.parts:
        case (Variable(quoted=False, operator="", length=False, indirect=False) as variable,):
            found = _risk_of(script, variable.name, _MAX_COPIES)
            if found & risk and not found & Risk.MEANT:
                yield Unquoted(variable.name, unit, variable.span, why)


def _risk_of(script: ShellScript, name: str, depth: int) -> Risk:
    """The worst that any value of a variable brings."""
    risk = Risk.NONE
    for write in script.writes_by_name.get(name, ()):
        risk |= _risk_of_write(script, write, depth)
    return risk


def _risk_of_write(script: ShellScript, write: Write, depth: int) -> Risk:
    if write.way is Way.LOOP:
        return _risk_of_items(write)
    if write.way is Way.BUILTIN:
        return Risk.EMPTY | Risk.BLANKS
    if write.way is Way.DECLARED or not isinstance(write.value, Word):
        return Risk.MEANT if isinstance(write.value, ArrayValue) else Risk.NONE
    return _risk_of_word(script, write.value, depth)


def _risk_of_items(write: Write) -> Risk:
    """Words that were split before have no blanks; elements of an array may."""
    loop = write.node
    words = loop.words if isinstance(loop, For) and loop.words is not None else ()
    quoted = any(getattr(part, "quoted", False) for word in words for part in word.parts)
    literal = all(isinstance(part, Literal) for word in words for part in word.parts)
    return Risk.BLANKS if quoted and not literal else Risk.NONE


def _risk_of_word(script: ShellScript, word: Word, depth: int) -> Risk:
    text = "".join(part.text for part in word.parts if isinstance(part, Literal))
    if _BLANKS_OR_PATTERNS.search(text):
        return Risk.MEANT
    risk = Risk.NONE
    for part in word.parts:
        match part:
            case Substitution(span=span):
                written = script.written(span) if span.end <= len(script.script.text) else ""
                if not _ONE_WORD.search(written):
                    risk |= Risk.EMPTY | Risk.BLANKS
            case Variable(name=name, operator="") if depth and name not in _SPECIAL_NUMBERS:
                risk |= _risk_of(script, name, depth - 1)
            case Arithmetic():
                continue
    return risk & ~Risk.EMPTY if text else risk
