"""What a user may choose: which rules run, and later all of the configuration."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field

from ssmlint.errors import UserError
from ssmlint.near import nearest
from ssmlint.records import dataclass
from ssmlint.rule import Rule


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


def enabled_rules(rules: Iterable[Rule], settings: Settings) -> tuple[Rule, ...]:
    """The rules that the settings let run, in order of their ids.

    A selector is a rule's id, its name, the letters of a family (`SH`), the beginning of
    an id (`SH1`) or `ALL`.  Of two selectors that cover a rule the longer one decides, so
    that `--ignore SH --extend-select SH101` keeps that one rule.

    Raises `UserError` for a selector that covers no rule.
    """
    known = sorted(rules, key=lambda rule: rule.id)
    for option in ("select", "extend_select", "ignore"):
        for selector in getattr(settings, option):
            if not any(_weight(selector, rule) for rule in known):
                raise _unknown(selector, option.replace("_", "-"), known)
    return tuple(rule for rule in known if _is_enabled(rule, settings))


def _is_enabled(rule: Rule, settings: Settings) -> bool:
    chosen = max((_weight(s, rule) for s in settings.select), default=0)
    if not settings.select and rule.default:
        chosen = 1
    chosen = max([chosen, *(_weight(s, rule) for s in settings.extend_select)])
    refused = max((_weight(s, rule) for s in settings.ignore), default=0)
    return chosen > 0 and (refused == 0 or chosen > refused)


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
    return 0


def _unknown(selector: str, option: str, rules: list[Rule]) -> UserError:
    names = [name for rule in rules for name in (rule.id, rule.name, rule.family)]
    near = nearest(selector, names)
    hint = f"did you mean `{near}`?" if near else "`ssmlint rule --all` lists the rules"
    return UserError(f"unknown rule `{selector}` in --{option}", hint=hint)
