"""A Python script as rules see it."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from ssmlint.embedded import Language, PlaceholderSpan, Script, scripts_of
from ssmlint.model.document import SsmDocument, Step
from ssmlint.records import dataclass
from ssmlint.reuse import once
from ssmlint.source import Source, Span
from ssmlint.tree import Mapping, Scalar

if TYPE_CHECKING:
    from ssmlint.python.handler import Handler
    from ssmlint.python.names import UndefinedName
    from ssmlint.python.quoting import Quotes
    from ssmlint.python.syntax import PythonSyntax

_RUNTIME = re.compile(r"python(\d)\.(\d{1,2})", re.IGNORECASE)


@dataclass(eq=False)
class PythonScript:
    """One script of `aws:executeScript`; each fact is made when a rule first asks for it."""

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

    @functools.cached_property
    def runtime(self) -> tuple[int, int] | None:
        """The version of Python that runs it; None where that can not be told."""
        node = self.input("Runtime")
        match = _RUNTIME.fullmatch(node.text) if isinstance(node, Scalar) else None
        return (int(match[1]), int(match[2])) if match else None

    @functools.cached_property
    def syntax(self) -> PythonSyntax:
        """The syntax tree, or why there is none."""
        from ssmlint.python.syntax import parse

        return parse(self.script.masked, self.runtime)

    @functools.cached_property
    def undefined_names(self) -> tuple[UndefinedName, ...]:
        """The names that are used and that nothing defines."""
        from ssmlint.python.names import undefined_names

        return undefined_names(self.syntax, self.script.masked)

    @functools.cached_property
    def handler(self) -> Handler | None:
        """The function that the step calls, where the script defines it."""
        from ssmlint.python.handler import handler_of

        node = self.input("Handler")
        return handler_of(self.syntax, node.text) if isinstance(node, Scalar) else None

    @functools.cached_property
    def _quotes(self) -> Quotes:
        from ssmlint.python.quoting import Quotes

        return Quotes(self.script.masked)

    def quotes_of(self, placeholder: PlaceholderSpan) -> str | None:
        """The quotes (`'`, `'''` ...) around a reference; empty in code, `#` in a comment.

        None where the script can not be read.
        """
        return self._quotes.at(placeholder.start)

    @property
    def inputs(self) -> Mapping | None:
        """The inputs of the step."""
        return self.step.inputs[0] if self.step.inputs else None

    def input(self, name: str) -> object:
        """The node of one of the step's inputs, None where there is none."""
        return self.inputs.get(name) if self.inputs is not None else None


@once
def python_scripts_of(document: SsmDocument) -> tuple[PythonScript, ...]:
    """The Python scripts of a document that are there to be read.

    A script with a generator's placeholders in it is not what will run.
    """
    found = scripts_of(document, Language.PYTHON)
    return tuple(PythonScript(script) for script in found if not script.is_generated)
