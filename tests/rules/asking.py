"""Asking one rule about a text, for tests of guards that no page shows."""

from __future__ import annotations

import functools
import textwrap

from ssmlint.fixing import fix_all, is_fixable
from ssmlint.packs import load_pack
from ssmlint.rule import Finding, Rule
from ssmlint.source import Source
from tests.rules.harness import findings_of


@functools.cache
def rule_named(name: str) -> Rule:
    """The rule of the built-in pack with that name."""
    return next(rule for rule in load_pack("builtin", "ssmlint_rules").rules if rule.name == name)


def ask(name: str, text: str, path: str = "document.yaml") -> list[Finding]:
    """What a rule says about a file."""
    return findings_of(rule_named(name), Source(path, text))


def messages(name: str, text: str, path: str = "document.yaml") -> list[str]:
    """The findings as `line: message`, lines from 1."""
    return [f"{line_of(finding)}: {finding.message}" for finding in ask(name, text, path)]


def places(name: str, text: str, path: str = "document.yaml") -> list[tuple[int, str]]:
    """The findings as line (from 1) and the text that they stand at."""
    return [(line_of(f), f.source.at(f.span)) for f in ask(name, text, path)]


def fixed(name: str, text: str, path: str = "document.yaml") -> str:
    """The text with every fix of a rule made, until none is left."""
    done = fix_all(Source(path, text), lambda now: findings_of(rule_named(name), now), is_fixable)
    assert (done.refused, done.converged) == ((), True)
    return done.source.text


def line_of(finding: Finding) -> int:
    """The line of a finding, from 1."""
    return finding.source.lines.line_of(finding.span.start) + 1


def document(parameters: str = "", steps: str = "", version: str = "2.2") -> str:
    """A Command document of these parts; a step that prints the date where none is given."""
    steps = steps or "- {action: 'aws:runShellScript', name: x, inputs: {runCommand: [date]}}\n"
    body = f"parameters:\n{textwrap.indent(parameters, '  ')}" if parameters else ""
    return f"schemaVersion: '{version}'\n{body}mainSteps:\n{textwrap.indent(steps, '  ')}"


def script(text: str, parameters: str = "") -> str:
    """A document that runs a script."""
    body = textwrap.indent(text, "      ")
    head = "- action: aws:runShellScript\n  name: x\n  inputs:\n    runCommand:\n    - |\n"
    return document(parameters, f"{head}{body}\n")
