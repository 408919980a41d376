"""What a user may choose, as the engine wants it: which rules run where, and how.

`ssmlint.configuration` makes it from files and the command line.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import TYPE_CHECKING

from ssmlint.errors import UserError
from ssmlint.globs import Glob
from ssmlint.near import nearest
from ssmlint.records import dataclass
from ssmlint.rule import Fix, Rule, Safety, Severity

if TYPE_CHECKING:
    from ssmlint.shell.effects import EffectTable


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings in force for one file."""

    select: tuple[str, ...] = ()
    """Selectors that replace the default set; empty means the default set."""
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    effects: tuple[Mapping[str, object], ...] = field(default=())
    """Further rows for the table of command effects (see `shell/effects.toml`)."""
    documents: Mapping[str, str] = field(default_factory=dict)
    """Which file (or document) a name stands for that a policy calls a document by."""
    shellcheck: bool = False
    """Whether the rules of shellcheck are in the default set, too."""
    severity: Mapping[str, Severity] = field(default_factory=dict)
    """What to take the findings of some rules for, by selectors."""
    per_file_ignores: tuple[tuple[Glob, tuple[str, ...]], ...] = ()
    """Selectors of rules that say nothing of the files that fit."""
    target_agent: str | None = None
    """The oldest version of the SSM agent that runs the documents, None for any."""
    fixable: tuple[str, ...] = ()
    """Selectors of the rules whose fixes are offered; empty means all."""
    unfixable: tuple[str, ...] = ()
    safe_fixes: tuple[str, ...] = ()
    """Selectors of rules whose fixes are safe, whatever they say themselves."""
    unsafe_fixes: tuple[str, ...] = ()


#: What holds where nobody has chosen anything.
DEFAULTS = Settings()

#: Selects everything that shellcheck says; `shellcheck/SC2086` selects one rule of it.
SHELLCHECK = "shellcheck"
_OF_SHELLCHECK = re.compile(rf"{SHELLCHECK}(?:/SC\d{{0,4}})?")
_CODE = re.compile(r"(?:.*/)?(?:SC)?(?P<code>[1-9]\d{3})", re.IGNORECASE)


def enabled_rules(rules: Iterable[Rule], settings: Settings) -> tuple[Rule, ...]:
    """The rules that the settings let run, in order of their ids.

    A selector is a rule's id, its name, the letters of a family (`SH`), the beginning of
    an id (`SH1`), `shellcheck` or `ALL`.  Of two selectors that cover a rule the longer one decides, so
    that `--ignore SH --extend-select SH101` keeps that one rule.

    Raises `UserError` for a selector that covers no rule.
    """
    known = sorted(rules, key=lambda rule: rule.id)
    for option in ("select", "extend_select", "ignore", "fixable", "unfixable"):
        for selector in getattr(settings, option):
            if not is_selector(selector, known):
                raise _unknown(selector, option.replace("_", "-"), known)
    return tuple(rule for rule in known if is_enabled(rule, settings))


def names_rules(settings: Settings) -> bool:
    """Whether the settings choose rules by name."""
    return bool(settings.select or settings.extend_select or settings.ignore)


def is_selector(word: str, rules: Iterable[Rule]) -> bool:
    """Whether a word covers any rule."""
    if _OF_SHELLCHECK.fullmatch(word):
        return True
    return any(_weight(word, rule) for rule in rules)


def effects_of(settings: Settings) -> EffectTable:
    """The table of command effects with the settings' own rows.

    Raises ValueError, naming the row and the key, for a row that is not well formed.
    """
    from ssmlint.shell.effects import default_table

    if not settings.effects:
        return default_table()
    rows = [dict(row) for row in settings.effects]
    return _extended(json.dumps(rows, default=str))


@functools.cache
def _extended(rows: str) -> EffectTable:
    from ssmlint.shell.effects import default_table

    return default_table().extended(json.loads(rows))


def wants_shellcheck(settings: Settings) -> bool:
    """Whether any rule of shellcheck may be enabled.

    Those rules are not known before shellcheck speaks, so `is_enabled` is asked then, again.
    """
    named = [s for s in (*settings.select, *settings.extend_select) if _OF_SHELLCHECK.fullmatch(s)]
    if SHELLCHECK in settings.ignore:
        return any(len(selector) > len(SHELLCHECK) for selector in named)
    return bool(named) or (settings.shellcheck and not settings.select)


def is_enabled(rule: Rule, settings: Settings) -> bool:
    """Whether the settings let a rule run."""
    chosen = _most(settings.select, rule)
    if not settings.select and _is_default(rule, settings):
        chosen = 1
    chosen = max(chosen, _most(settings.extend_select, rule))
    refused = _most(settings.ignore, rule)
    return chosen > 0 and (refused == 0 or chosen > refused)


def ignored_in(path: str, settings: Settings) -> tuple[str, ...]:
    """Selectors of the rules that are to say nothing of the file of that path."""
    return tuple(
        selector
        for glob, selectors in settings.per_file_ignores
        if glob.matches(path)
        for selector in selectors
    )


def is_covered(rule: Rule, selectors: Iterable[str]) -> bool:
    """Whether any of the selectors covers a rule."""
    return any(_weight(selector, rule) for selector in selectors)


def severity_of(rule: Rule, settings: Settings) -> Severity | None:
    """What to take a rule's findings for, None where that is the rule's own business.

    Of several selectors that cover the rule the most exact one decides, of equals the last.
    """
    found, most = None, 0
    for selector, severity in settings.severity.items():
        weight = _weight(selector, rule)
        if weight and weight >= most:
            found, most = severity, weight
    return found


def fix_of(rule: Rule, fix: Fix, settings: Settings) -> Fix | None:
    """A fix of a rule as the settings want it: as safe as they say, or none.

    Of several selectors that cover the rule the most exact one decides; of equals the one that
    is more careful.
    """
    if _most(settings.unfixable, rule) >= _most(settings.fixable or ("ALL",), rule):
        return None
    safe, unsafe = _most(settings.safe_fixes, rule), _most(settings.unsafe_fixes, rule)
    if safe == unsafe == 0:
        return fix
    safety = Safety.SAFE if safe > unsafe else Safety.UNSAFE
    return fix if fix.safety is safety else Fix(fix.title, fix.edits, safety)


def _most(selectors: Iterable[str], rule: Rule) -> int:
    return max((_weight(selector, rule) for selector in selectors), default=0)


def _is_default(rule: Rule, settings: Settings) -> bool:
    return settings.shellcheck if rule.id.startswith(f"{SHELLCHECK}/") else rule.default


def _weight(selector: str, rule: Rule) -> int:
    """0 where the selector does not cover the rule, else more the more exact it is.

    `ALL` weighs no more than the default set, so that `--ignore` always beats both.
    """
    if selector == "ALL":
        return 1
    if selector in (rule.id, rule.name):
        return 100
    if selector and selector[0].isupper() and rule.id.startswith(selector):
        return 1 + len(selector)
    if _OF_SHELLCHECK.fullmatch(selector) and rule.id.startswith(selector):
        return 1 + len(selector)
    return 0


def is_shellcheck_rule(word: str) -> bool:
    """Whether a word names one rule of shellcheck, as in `shellcheck/SC2086`."""
    return re.fullmatch(rf"{SHELLCHECK}/SC[1-9]\d{{3}}", word) is not None


def near_rule(word: str, rules: Iterable[Rule]) -> str | None:
    """The id, name or family that was most likely meant by a word that is none of them."""
    code = _CODE.fullmatch(word)
    if code:
        return f"{SHELLCHECK}/SC{code['code']}"
    names = [name for rule in rules for name in (rule.id, rule.name, rule.family)]
    return nearest(word, [*names, SHELLCHECK])


def _unknown(selector: str, option: str, rules: list[Rule]) -> UserError:
    near = near_rule(selector, rules)
    hint = f"did you mean `{near}`?" if near else "`ssmlint rule --all` lists the rules"
    return UserError(f"unknown rule `{selector}` in --{option}", hint=hint)
