"""A shell script as rules see it: its statements, its variables, what its commands run."""

from __future__ import annotations

import functools

from ssmlint.embedded import PlaceholderSpan, Script, scripts_of
from ssmlint.model.document import SsmDocument
from ssmlint.records import dataclass
from ssmlint.reuse import Kept, on_forget, once
from ssmlint.shell.constants import Constants
from ssmlint.shell.effects import Effect, EffectTable, default_table
from ssmlint.shell.given import given_effects
from ssmlint.shell.index import Index
from ssmlint.shell.rereading import Readings
from ssmlint.shell.scripttext import ShellText
from ssmlint.shell.statements import Function
from ssmlint.shell.syntax import ShellSyntax
from ssmlint.shell.units import Unit, Use
from ssmlint.shell.variables import Read, Write
from ssmlint.source import Source, Span
from ssmlint.tree import Mapping

#: Characters of scripts that are kept with what is known of them.
_MOST_TEXT = 100_000


@dataclass(eq=False)
class ShellScript:
    """One script with everything that is known of it without running it.

    Each fact is made when a rule first asks for it.
    """

    script: Script
    read: ShellText
    table: EffectTable | None = None
    """What commands mean; None for what comes with ssmlint."""

    @property
    def syntax(self) -> ShellSyntax:
        """Its text as it was read."""
        return self.read.syntax

    @property
    def document(self) -> SsmDocument:
        """The document that the script stands in."""
        return self.script.document

    @property
    def source(self) -> Source:
        """The file that the script stands in."""
        return self.script.source

    @property
    def is_bash(self) -> bool:
        """Whether bash runs it, for certain."""
        return self.script.interpreter == "bash"

    def place(self, span: Span) -> Span:
        """The span in the file of a span in the script."""
        return self.script.span(span.start, span.end)

    def written(self, span: Span) -> str:
        """What stands at a span of the script."""
        return self.script.text[span.start : span.end]

    @property
    def index(self) -> Index:
        """The nodes of the script itself."""
        return self.read.index

    @property
    def main(self) -> Unit:
        """The script as a text that a shell reads."""
        return self.read.main

    @property
    def units(self) -> tuple[Unit, ...]:
        """The script and every text that it hands to a shell, outer ones first."""
        return self.read.units

    @property
    def uses(self) -> tuple[Use, ...]:
        """Every simple command, those of nested texts behind those of the script."""
        return self.read.uses

    @property
    def reads(self) -> tuple[Read, ...]:
        """Every read of a named variable, in all texts."""
        return self.read.reads

    @property
    def writes(self) -> tuple[Write, ...]:
        """Every place that gives a variable a value, in all texts."""
        return self.read.writes

    @property
    def writes_by_name(self) -> dict[str, tuple[Write, ...]]:
        """The same, by name."""
        return self.read.writes_by_name

    @property
    def constants(self) -> Constants:
        """The variables of the script whose text is the same whenever they have one."""
        return self.read.constants

    @property
    def functions(self) -> dict[str, Function]:
        """The functions that the script defines, by name; of several the last."""
        return self.read.functions

    @property
    def sourced_names(self) -> frozenset[str]:
        """Names that come from well-known files which the script reads."""
        return self.read.sourced_names

    @property
    def assigns_unknown(self) -> bool:
        """Whether variables may be set whose names can not be told."""
        return self.read.assigns_unknown

    @property
    def options(self) -> frozenset[str]:
        """What `set` and the interpreter line turn on somewhere: `errexit`, `nounset` ..."""
        return self.read.options

    def uses_in(self, unit: Unit) -> tuple[Use, ...]:
        """The simple commands of one text."""
        return self.read.uses_in(unit)

    @functools.cached_property
    def effects(self) -> tuple[tuple[Use, Effect], ...]:
        """What the commands mean to the host, and what calls of functions make them mean."""
        table = self.table or default_table()
        found = [(use, e) for use in self.uses for e in table.effects(use.invocation)]
        return (*found, *given_effects(self.read, table))

    @functools.cached_property
    def provided(self) -> frozenset[str]:
        """Names that the document puts into the environment."""
        return provided_names(self.script)


def provided_names(script: Script) -> frozenset[str]:
    """Names that the document puts into the environment of a script."""
    names = {f"SSM_{p.name}" for p in script.document.parameters.values() if p.is_env_var}
    for inputs in script.step.inputs:
        environment = inputs.get("environment")
        if isinstance(environment, Mapping):
            names.update(entry.key.text for entry in environment)
    return frozenset(names)


def shell_scripts_of(
    document: SsmDocument, table: EffectTable | None = None
) -> tuple[ShellScript, ...]:
    """The scripts of a document that a shell runs and that are there to be read.

    A script with a generator's placeholders in it is not what will run.  Several rules ask
    for the same ones, so that they are remembered for a while.
    """
    return _scripts_of(document, table or default_table())


@once
def _scripts_of(document: SsmDocument, table: EffectTable) -> tuple[ShellScript, ...]:
    return tuple(
        ShellScript(script, _read(script), table)
        for script in scripts_of(document)
        if script.is_shell and not script.is_generated
    )


#: Scripts by their texts: an editor changes one script of a document at a time.
_READ: Kept[tuple[str, tuple[PlaceholderSpan, ...]], ShellText] = Kept(_MOST_TEXT)

_READINGS = Readings()
on_forget(_READINGS.clear)


def _read(script: Script) -> ShellText:
    text, placeholders = script.text, script.placeholders

    def read() -> ShellText:
        return ShellText(text, script.shebang or "", _READINGS.parse(text, placeholders))

    return _READ.get((text, placeholders), len(text), read)
