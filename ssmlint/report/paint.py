"""Colours and links for terminals that are asked for them, plain text for everything else."""

from __future__ import annotations

from ssmlint.report import Look
from ssmlint.rule import Rule, Severity

BOLD = "1"
QUIET = "2"
FRAME = "34"
SIDE = "36"
OF_SEVERITY = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.INFO: "1;36"}


def paint(text: str, code: str, look: Look) -> str:
    """The text in a colour (the parameters of SGR, ECMA-48)."""
    return f"\x1b[{code}m{text}\x1b[0m" if look.color and text else text


def rule_label(rule: Rule, look: Look) -> str:
    """The rule's id and name, linked to its page on the web where it has one.

    https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda describes OSC 8.
    """
    if not look.links or not rule.url:
        return rule.label
    return f"\x1b]8;;{rule.url}\x1b\\{rule.label}\x1b]8;;\x1b\\"
