"""The rules by what is remembered of them: their modules are imported when one has to check.

To import all rules takes longer than anything else in a run in which everything is
remembered.  Selecting rules and printing what they have found need no more than their names.
"""

from __future__ import annotations

import functools
import importlib
import json
from collections.abc import Sequence
from typing import Any

from ssmlint.rule import Check, Rule, Severity
from ssmlint.runs.hashing import digest
from ssmlint.runs.identity import identity
from ssmlint.runs.store import Store


class RememberedRule(Rule):
    """A rule that is not loaded before its page, or what it does, is asked for."""

    def __init__(self, module: str, data: Sequence[Any]) -> None:
        rule, name, severity, default, covers, covers_script, url, kind, asks_runs = data
        self.__dict__.update(
            id=rule,
            name=name,
            severity=Severity(severity),
            default=default,
            covers=tuple(covers),
            covers_script=tuple(covers_script),
            url=url,
            asks_runs=asks_runs,
            _module=module,
            _kind=kind,
        )

    @functools.cached_property
    def _loaded(self) -> Rule:
        module = importlib.import_module(self.__dict__["_module"])
        rules = (value for value in vars(module).values() if isinstance(value, Rule))
        return next(rule for rule in rules if rule.id == self.id)

    @property
    def kind(self) -> str:
        """The name of the kind of fact that it looks at."""
        return str(self.__dict__["_kind"])

    @property
    def on(self) -> type[Any]:
        """The kind of fact that it looks at."""
        return self._loaded.on

    @property
    def check(self) -> Check[Any]:
        """What it does."""
        return self._loaded.check

    @property
    def page(self) -> str:
        """Its page."""
        return self._loaded.page


def recall(store: Store) -> tuple[Rule, ...] | None:
    """All rules as an earlier run has left them, None where none has."""
    data = store.get(_name(store))
    if data is None:
        return None
    try:
        rows = json.loads(data)
        return tuple(RememberedRule(module, row) for module, *row in rows)
    except (ValueError, TypeError):
        return None


def remember(rules: Sequence[Rule], store: Store) -> None:
    """Leave all rules for the next run."""
    store.put(_name(store), json.dumps(list(map(_row, rules))).encode("ascii"))


def _row(rule: Rule) -> list[Any]:
    return [
        rule.check.__module__,
        *(rule.id, rule.name, rule.severity.value, rule.default),
        *(rule.covers, rule.covers_script, rule.url, rule.kind, rule.asks_runs),
    ]


def _name(store: Store) -> str:
    return digest("rules", identity(store))
