"""Runs `ssmlint` command lines in this process."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from typing import Any

from ssmlint.cli import main


@dataclass(frozen=True, slots=True)
class Result:
    """What a command line came to."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as JSON."""
        return json.loads(self.out)

    @property
    def found(self) -> list[str]:
        """The names of the rules with findings, of JSON output, in order."""
        return [finding["name"] for finding in self.json["findings"]]


def ssmlint(*arguments: str, stdin: bytes = b"") -> Result:
    """Run a command line; an exception that `main` lets through fails the test."""
    out, err = io.StringIO(), io.StringIO()
    status = main(list(arguments), io.BytesIO(stdin), out, err)
    return Result(int(status), out.getvalue(), err.getvalue())
