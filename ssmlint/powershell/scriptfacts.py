"""A PowerShell script as rules see it."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ssmlint.embedded import Language, Script, scripts_of
from ssmlint.model.document import SsmDocument, Step
from ssmlint.records import dataclass
from ssmlint.reuse import once
from ssmlint.source import Source, Span

if TYPE_CHECKING:
    from ssmlint.powershell.reader import Reader
    from ssmlint.powershell.statements import Statements
    from ssmlint.powershell.tokens import Flaw, Quoting

_RUNTIME = re.compile(r"PowerShell(?: Core)? (\d+)\.(\d+)", re.IGNORECASE)

#: The Windows PowerShell that comes with Windows, and that the agent runs there
#: (aws/amazon-ssm-agent, `agent/appconfig/constants_windows.go`).
WINDOWS_POWERSHELL = (5, 1)


@dataclass(eq=False)
class PowerShellScript:
    """One script; each fact is made when a rule first asks for it."""

    script: Script

    @property
    def document(self) -> SsmDocument:
        """The document that the script stands in."""
        return self.script.document

    @property
    def step(self) -> Step:
        """The step that runs it."""
        return self.script.step

    @property
    def source(self) -> Source:
        """The file that the script stands in."""
        return self.script.source

    def place(self, span: Span) -> Span:
        """The span in the file of a span in the script."""
        return self.script.place(span)

    @property
    def is_on_a_node(self) -> bool:
        """Whether the agent runs it, on a node; else Automation does, in its own runtime."""
        return self.step.action != "aws:executeScript"

    @property
    def runtime(self) -> tuple[int, int] | None:
        """The version that Automation runs it with; None where the agent runs it."""
        entry = None if self.is_on_a_node else self.step.input("Runtime")
        match = _RUNTIME.fullmatch(getattr(entry.value, "text", "")) if entry else None
        return (int(match[1]), int(match[2])) if match else None

    @functools.cached_property
    def reader(self) -> Reader:
        """The tokens, and how each place is quoted."""
        from ssmlint.powershell.reader import Reader

        return Reader(self.script.masked)

    @functools.cached_property
    def statements(self) -> Statements:
        """The tokens as statements."""
        from ssmlint.powershell.statements import Statements

        return Statements(self.reader.tokens)

    def quoting_at(self, offset: int) -> Quoting:
        """How the character at an offset of the script is quoted."""
        return self.reader.quoting_at(offset)

    @functools.cached_property
    def flaw(self) -> Flaw | None:
        """The first reason why no PowerShell reads the script, None where there is none."""
        if self.reader.is_doubtful:
            return None
        found = self.reader.flaws or list(self.statements.flaws())
        return min(found, key=lambda flaw: flaw.span, default=None)

    def newer(self, version: tuple[int, int]) -> Iterator[Flaw]:
        """What an old version does not read, of a script that newer ones do."""
        if self.flaw is None and not self.reader.is_doubtful:
            yield from self.statements.newer(version)


@once
def powershell_scripts_of(document: SsmDocument) -> tuple[PowerShellScript, ...]:
    """The PowerShell scripts of a document that are there to be read.

    A script for a POSIX shell has a rule of its own, and one with a generator's
    placeholders in it is not what will run.
    """
    found = scripts_of(document, Language.POWERSHELL)
    return tuple(
        PowerShellScript(script)
        for script in found
        if not script.is_generated and not script.text.startswith("#!")
    )
