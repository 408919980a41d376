"""Rule packs: packages of rules that announce themselves by an entry point.

The built-in pack comes through the same door as anybody else's.
"""

from __future__ import annotations

import functools
import importlib
import os
import sys
from collections.abc import Iterable, Iterator
from types import ModuleType

from ssmlint.records import dataclass
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
    return tuple(load_pack(name, package) for name, package in announced(sys.path).items())


def announced(path: Iterable[str], group: str = RULE_GROUP) -> dict[str, str]:
    """What is installed along an import path for a group of entry points, by their names.

    `importlib.metadata.entry_points` says the same, but what it imports (the standard
    library's mail and zip readers) takes a tenth of the time of a whole run.
    """
    found: dict[str, str] = {}
    for folder in path:
        for file in _entry_point_files(folder):
            for name, package in _entries(file, group):
                found.setdefault(name, package)
    return found


def _entry_point_files(folder: str) -> Iterator[str]:
    try:
        names = sorted(os.listdir(folder or os.curdir))
    except OSError:  # a zip file, or nothing
        return
    for name in names:
        if name.endswith((".dist-info", ".egg-info")):
            yield os.path.join(folder, name, "entry_points.txt")


def _entries(file: str, group: str) -> Iterator[tuple[str, str]]:
    """Names and objects of one group of an `entry_points.txt`; none where there is no file.

    Format: https://packaging.python.org/en/latest/specifications/entry-points/
    """
    try:
        with open(file, encoding="utf-8") as stream:
            text = stream.read()
    except OSError:
        return
    section = ""
    for line in map(str.strip, text.splitlines()):
        if line.startswith("["):
            section = line[1:-1].strip()
        elif section == group and "=" in line and not line.startswith(("#", ";")):
            name, _, value = line.partition("=")
            yield name.strip(), value.partition("[")[0].strip()


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
