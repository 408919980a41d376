"""What holds for which file: configuration files, the nearest first, and the command line.

A file is under the configuration that stands nearest above it, and under that one alone:
`.ssmlint.toml`, `ssmlint.toml`, or a `pyproject.toml` with a table `[tool.ssmlint]`.  What
the command line says goes on top.  Every front end asks `Configurations`, so that they can
not disagree.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Any

from ssmlint.configuration.files import Layer, Origin, file_in
from ssmlint.errors import UserError
from ssmlint.globs import Glob
from ssmlint.records import dataclass
from ssmlint.rule import Severity
from ssmlint.settings import SHELLCHECK, Settings

__all__ = ["Configuration", "Configurations", "Flags", "Origin"]

#: What the options of the command line say, by the names of the configuration's options.
Flags = Mapping[str, Any]

_SELECTION = ("select", "extend-select", "ignore")


@dataclass(frozen=True, eq=False)
class Configuration:
    """Everything that is configured for some files."""

    settings: Settings
    path: str | None = None
    """The file that says so, None where there is none."""
    values: Mapping[str, Any] = field(default_factory=dict)
    """What is set anywhere, by the names of the options."""
    origins: Mapping[str, tuple[Origin, ...]] = field(default_factory=dict)
    """Where it is set, the farthest first."""

    @property
    def fail_on(self) -> Severity:
        """The least severity that makes a run fail."""
        return Severity(self.values.get("fail-on", Severity.WARNING.value))

    @property
    def output_format(self) -> str:
        """How findings are printed."""
        return str(self.values.get("output-format", "text"))

    @property
    def shellcheck(self) -> str:
        """`off`, `on` or `require`."""
        return str(self.values.get("shellcheck", "off"))

    @property
    def baseline(self) -> str | None:
        """The path of the baseline."""
        value = self.values.get("baseline")
        return None if value is None else str(value)

    @property
    def fix(self) -> bool:
        """Whether the fixes of what is found are made."""
        return bool(self.values.get("fix", False))

    @property
    def unsafe_fixes(self) -> bool | None:
        """Whether unsafe fixes are made, too; None where nobody has said a word of it."""
        value = self.values.get("unsafe-fixes")
        return None if value is None else bool(value)

    @property
    def cache_dir(self) -> str | None:
        """The path of the cache."""
        value = self.values.get("cache-dir")
        return None if value is None else str(value)

    def leaves_out(self, path: str, is_directory: bool, top: str = "") -> bool:
        """Whether a search passes over a path.

        A pattern that fits the place where the search begins (`top`) is none for it:
        whoever begins there wants to know.
        """
        exclude = [
            glob for glob in self._globs("exclude") if not top or not glob.matches(top, True)
        ]
        if any(glob.matches(path, is_directory) for glob in exclude):
            return True
        include = self._globs("include")
        return bool(include) and not is_directory and not any(g.matches(path) for g in include)

    def _globs(self, name: str) -> tuple[Glob, ...]:
        globs: tuple[Glob, ...] = self.values.get(name, ())
        return globs


class Configurations:
    """Finds the configuration of each file; reads every configuration file once.

    `words` are the `KEY=VALUE`s of `--config`.  With a `path`, that file holds for all
    files; with `isolated` none does.  Methods raise `UserError` for what is wrong in a
    configuration file, with its line.
    """

    def __init__(
        self,
        flags: Flags | None = None,
        words: Sequence[str] = (),
        path: str | None = None,
        *,
        isolated: bool = False,
    ) -> None:
        if path is not None and isolated:
            raise UserError("`--isolated` and a file of `--config` exclude each other")
        self._flags = dict(flags or {})
        self._words = tuple(words)
        self._path = path
        self._isolated = isolated
        self._files: dict[str, str | None] = {}
        self._configurations: dict[str | None, Configuration] = {}

    def of_file(self, path: str) -> Configuration:
        """The configuration of a file, which need not exist."""
        return self.of_directory(os.path.dirname(os.path.abspath(path)))

    def leaves_out(self, path: str, is_directory: bool, top: str) -> bool:
        """Whether a search passes over a path, by the configuration that it is under."""
        return self.of_file(path).leaves_out(path, is_directory, top)

    def of_directory(self, directory: str) -> Configuration:
        """The configuration of the files right in a folder."""
        path = self._path
        if path is None and not self._isolated:
            path = self._nearest(os.path.abspath(directory))
        if path not in self._configurations:
            self._configurations[path] = self._load(path)
        return self._configurations[path]

    def _nearest(self, directory: str) -> str | None:
        passed: list[str] = []
        while directory not in self._files:
            found = file_in(directory)
            passed.append(directory)
            parent = os.path.dirname(directory)
            if found is not None or parent == directory:
                self._files[directory] = found
                break
            directory = parent
        for below in passed:
            self._files[below] = self._files[directory]
        return self._files[directory]

    def _load(self, path: str | None) -> Configuration:
        if path is None and not self._words:
            return configuration((), self._flags, None)
        # Not at the top: most files are under no configuration.
        from ssmlint.configuration.layers import layer_of_words, layers_of

        layers = [*(layers_of(path) if path is not None else ())]
        if self._words:
            layers.append(layer_of_words(self._words))
        return configuration(layers, self._flags, path)


def configuration(layers: Sequence[Layer], flags: Flags, path: str | None) -> Configuration:
    """What some layers and the options of the command line come to."""
    values: dict[str, Any] = {}
    origins: dict[str, tuple[Origin, ...]] = {}
    if layers:
        from ssmlint.configuration.layers import stacked

        for option, value, where in stacked(layers):
            values[option.name], origins[option.name] = value, where
    if flags.get("select"):
        # Who names rules on the command line means these rules, whatever else is configured.
        for name in _SELECTION:
            values.pop(name, None)
    for name, value in flags.items():
        adds = name in ("ignore", "extend-select")
        values[name] = (*values.get(name, ()), *value) if adds else value
        here = (Origin("command line"),)
        origins[name] = (*origins.get(name, ()), *here) if adds else here
    return Configuration(_settings(values, flags), path, values, origins)


def _settings(values: Mapping[str, Any], flags: Flags) -> Settings:
    extend_select, ignore = values.get("extend-select", ()), values.get("ignore", ())
    if flags.get("shellcheck") == "off":
        ignore = (*ignore, SHELLCHECK)
    elif "shellcheck" in flags:
        extend_select = (*extend_select, SHELLCHECK)
    return Settings(
        select=values.get("select", ()),
        extend_select=extend_select,
        ignore=ignore,
        effects=values.get("effects", ()),
        documents=values.get("documents", {}),
        shellcheck=values.get("shellcheck", "off") != "off",
        severity=values.get("severity", {}),
        per_file_ignores=values.get("per-file-ignores", ()),
        target_agent=values.get("target-agent"),
        fixable=values.get("fixable", ()),
        unfixable=values.get("unfixable", ()),
        safe_fixes=values.get("extend-safe-fixes", ()),
        unsafe_fixes=values.get("extend-unsafe-fixes", ()),
    )
