"""The one exception class for mistakes of the person who runs ssmlint."""

from __future__ import annotations


class UserError(Exception):
    """Wrong use: the command line prints it with its hint and exits with status 2.

    `path` and `line` (from 1) say where the mistake stands when it is in a file.
    """

    def __init__(
        self, message: str, *, hint: str = "", path: str | None = None, line: int | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.path = path
        self.line = line

    def __str__(self) -> str:
        place = self.path or ""
        if self.path and self.line is not None:
            place = f"{self.path}:{self.line}"
        text = f"{place}: {self.message}" if place else self.message
        return f"{text}\n  hint: {self.hint}" if self.hint else text


def describe_defect(error: BaseException) -> str:
    """One line on an exception that nobody was prepared for: what, and where it came from."""
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    text = f"{type(error).__name__}: {error}"
    if at is None:
        return text
    file = at.tb_frame.f_code.co_filename.replace("\\", "/").rpartition("/")[2]
    return f"{text} ({file}:{at.tb_lineno})"
