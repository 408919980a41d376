"""What is wrong besides the documents: with configurations, and with what is installed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from ssmlint.configuration import Configuration
from ssmlint.errors import UserError
from ssmlint.packs import rule_packs
from ssmlint.settings import wants_shellcheck
from ssmlint_lsp.messages import Checked, Notice, Range, Report, Shown

#: What these findings go by; no rule has that name.
_NAME = "configuration"


class Complaints:
    """Says what is wrong: in the file where it stands, and once in a message."""

    def __init__(self) -> None:
        self._shown: dict[str, Checked] = {}
        self._said: set[str] = set()
        self._lasting: set[str] = set()

    def about(self, errors: Iterable[UserError]) -> Iterator[Report]:
        """What has changed since the last time, when these mistakes are all there are."""
        errors = tuple(errors)
        shown = _in_files(errors)
        for path in self._shown.keys() - shown.keys():
            yield Checked(path, None, is_ours=True)
        for path, checked in shown.items():
            if self._shown.get(path) != checked:
                yield checked
        said = {_in_words(error) for error in errors}
        yield from map(Notice, sorted(said - self._said))
        self._shown, self._said = shown, said

    def about_programs(self, configuration: Configuration) -> Iterator[Report]:
        """What is asked for and not installed; said once."""
        notices = [
            f"rule pack `{pack.name}` is not complete: {failure}"
            for pack in rule_packs()
            for failure in pack.failures
        ]
        if wants_shellcheck(configuration.settings):
            from ssmlint.external import missing

            notices += [notice for notice in (missing(),) if notice is not None]
        for notice in notices:
            if notice not in self._lasting:
                self._lasting.add(notice)
                yield Notice(f"ssmlint: {notice}")


def _in_files(errors: Iterable[UserError]) -> dict[str, Checked]:
    """The mistakes that stand in files, by the paths of these."""
    found: dict[str, list[Shown]] = {}
    for error in errors:
        if error.path is not None:
            path = os.path.abspath(error.path)
            found.setdefault(path, []).append(_shown(path, error))
    return {path: Checked(path, None, True, tuple(shown)) for path, shown in found.items()}


def _in_words(error: UserError) -> str:
    """A mistake in one line, for a message."""
    return "ssmlint: " + str(error).replace("\n  hint: ", " (") + ")" * bool(error.hint)


def _shown(path: str, error: UserError) -> Shown:
    message = f"{error.message} ({error.hint})" if error.hint else error.message
    where = _whole_line(path, (error.line or 1) - 1)
    return Shown(_NAME, _NAME, None, "error", message, where, (0, 0))


def _whole_line(path: str, line: int) -> Range:
    """A line without the white space around it; in ASCII, every unit is the same."""
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            text = file.read().splitlines()[line]
    except (OSError, IndexError):
        text = ""
    return (line, len(text) - len(text.lstrip()), line, len(text.rstrip()))
