"""What is configured for each file, in a session that outlives mistakes.

The command line ends at a configuration that is broken.  An editor has it open, half-typed:
here the last one that was whole goes on to hold, and what is wrong is kept to be shown.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

from ssmlint.configuration import Configuration, Configurations
from ssmlint.errors import UserError
from ssmlint.packs import all_rules
from ssmlint.rule import Rule
from ssmlint.settings import enabled_rules
from ssmlint_lsp.options import Options


class Configured:
    """The configuration of each file; never raises.

    `before` is what held until now, and holds on where a configuration is broken.  Files
    are read once: make a new one when one of them has changed.
    """

    def __init__(self, options: Options, before: Configured | None = None) -> None:
        self.options = options
        self._problems: dict[tuple[str | None, str], UserError] = {}
        self._found: dict[str, Configuration] = {}
        self._before: Mapping[str, Configuration] = before.whole if before is not None else {}
        self._rules = {one: before.rules_of(one) for one in self._before.values()} if before else {}
        self._defaults = Configurations(isolated=True)
        self._configurations = self._defaults
        try:
            self._configurations = Configurations(
                words=options.words, path=options.configuration, isolated=options.isolated
            )
        except UserError as error:
            self.keep(error)

    @property
    def problems(self) -> tuple[UserError, ...]:
        """What has been found wrong so far."""
        return tuple(self._problems.values())

    @property
    def whole(self) -> Mapping[str, Configuration]:
        """The last whole configuration of each folder, as far as it was asked for."""
        return {**self._before, **self._found}

    def of_file(self, path: str) -> Configuration:
        """The configuration of a file, which need not exist."""
        return self.of_directory(os.path.dirname(os.path.abspath(path)))

    def of_directory(self, directory: str) -> Configuration:
        """The configuration of the files right in a folder."""
        try:
            found = self._configurations.of_directory(directory)
            before = self._before.get(directory)
            # What says the same is the same, so that nothing is checked again for it.
            found = before if before is not None and _is_same(before, found) else found
            self.rules_of(found)
        except UserError as error:
            self.keep(error)
            before = self._before.get(directory)
            return before if before is not None else self._defaults.of_directory(directory)
        self._found[directory] = found
        return found

    def rules_of(self, configuration: Configuration) -> tuple[Rule, ...]:
        """The rules that run under a configuration.

        Raises `UserError` for a selector that covers none, which `of_file` looks after.
        """
        if configuration not in self._rules:
            self._rules[configuration] = enabled_rules(all_rules(), configuration.settings)
        return self._rules[configuration]

    def leaves_out(self, path: str, is_directory: bool, top: str) -> bool:
        """Whether a search passes over a path, by the configuration that it is under."""
        return self.of_file(path).leaves_out(path, is_directory, top)

    def keep(self, error: UserError) -> None:
        """Add to what is wrong."""
        path = os.path.abspath(error.path) if error.path else None
        self._problems.setdefault((path, error.message), error)


def _is_same(one: Configuration, other: Configuration) -> bool:
    return (one.path, one.values, one.settings) == (other.path, other.values, other.settings)
