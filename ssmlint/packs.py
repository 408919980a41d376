"""Rule packs: packages of rules that announce themselves by an entry point.

The built-in pack comes through the same door as anybody else's.
"""

from __future__ import annotations

import functools
import importlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import entry_points
from types import ModuleType

from ssmlint.rule import Rule

RULE_GROUP = "ssmlint.rules"


@dataclass(frozen=True, slots=True)
class RulePack:
    """What one entry point brought: its rules, and what could not be loaded."""

    name: str
    rules: tuple[Rule, ...]
    failures: tuple[str, ...] = ()
    """One line for each module that could not be imported, with its name and the reason."""


@functools.cache
def rule_packs() -> tuple[RulePack, ...]:
    """Every installed rule pack."""
    return tuple(load_pack(entry.name, entry.value) for entry in entry_points(group=RULE_GROUP))


def load_pack(name: str, package: str) -> RulePack:
    """Import every module at and below a package; a module that fails takes no other along."""
    rules: list[Rule] = []
    failures: list[str] = []
    todo = [package]
    while todo:
        module_name = todo.pop()
        try:
            module = importlib.import_module(module_name)
            todo.extend(f"{module_name}.{below}" for below in _modules_below(module))
        except Exception as error:
            failures.append(f"`{module_name}`: {type(error).__name__}: {error}")
        else:
            rules.extend(_rules_in(module))
    return RulePack(name, tuple(sorted(rules, key=lambda rule: rule.id)), tuple(failures))


def _modules_below(module: ModuleType) -> Iterator[str]:
    # `pkgutil.iter_modules` would do the same for four times the time.
    for directory in getattr(module, "__path__", ()):
        with os.scandir(directory) as entries:
            for entry in entries:
                name, ending = os.path.splitext(entry.name)
                is_module = ending == ".py" or (not ending and entry.is_dir())
                if is_module and name.isidentifier() and not name.startswith("__"):
                    yield name


def _rules_in(module: ModuleType) -> Iterator[Rule]:
    for value in vars(module).values():
        # A rule imported from its module into another is still one rule.
        if isinstance(value, Rule) and value.check.__module__ == module.__name__:
            yield value


def all_rules() -> tuple[Rule, ...]:
    """Every rule of every pack, ordered by id."""
    return tuple(sorted((r for p in rule_packs() for r in p.rules), key=lambda rule: rule.id))
