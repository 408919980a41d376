"""Preconditions of steps, judged as the agent judges them. No rule.

Source: `evaluatePreconditions` in aws/amazon-ssm-agent,
`agent/framework/runpluginutil/runpluginutil.go`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ssmlint.model.document import DocumentKind, SsmDocument, Step
from ssmlint.model.references import PARAMETER_STORE
from ssmlint.records import dataclass
from ssmlint.tree import Node, Scalar
from ssmlint.tree import Sequence as SequenceNode
from ssmlint_rules.wording import is_filled_in_later, near

PLATFORM = "platformType"
PLATFORMS = ("Linux", "Windows", "MacOS")

# Of a name in braces the agent takes letters and digits only.
_RESOLVABLE = re.compile(r"\{\{\s*([a-zA-Z0-9]+)\s*\}\}")


@dataclass(frozen=True, slots=True)
class Condition:
    """One operator of a precondition with its operands."""

    step: Step
    precondition: Scalar
    """The key `precondition`."""
    operator: Scalar
    operands: tuple[Scalar, ...] | None
    """None where they are no list of strings, which other rules report."""


def conditions(document: SsmDocument) -> Iterator[Condition]:
    """Every condition of the steps of a Command document."""
    if document.kind is not DocumentKind.COMMAND:
        return
    for step in document.steps:
        entry = step.node.entry("precondition")
        mapping = step.node.get_mapping("precondition")
        for operator in mapping.entries if entry and mapping else ():
            if entry is not None:
                operands = _strings(operator.value)
                yield Condition(step, entry.key, operator.key, operands)


def _strings(node: Node) -> tuple[Scalar, ...] | None:
    items = node.items if isinstance(node, SequenceNode) else (None,)
    strings = tuple(item for item in items if isinstance(item, Scalar) and item.is_string)
    return strings if len(strings) == len(items) else None


def platform_of(operands: Sequence[Scalar]) -> Scalar | None:
    """The operand that is compared with the node's platform, if the condition does that."""
    texts = [operand.text for operand in operands]
    if len(texts) != 2 or texts.count(PLATFORM) != 1:
        return None
    return operands[1 - texts.index(PLATFORM)]


@dataclass(frozen=True, slots=True)
class Flaw:
    """What keeps a condition from ever holding."""

    operand: Scalar | None
    """The one at fault, None where it is all of them."""
    text: str
    meant: str | None = None
    """What was most likely to stand there."""

    @property
    def message(self) -> str:
        """The flaw in words, with a question where something else was meant."""
        return f"{self.text}; did you mean `{self.meant}`?" if self.meant else self.text


def flaw(document: SsmDocument, operands: Sequence[Scalar]) -> Flaw | None:
    """What keeps `StringEquals` from ever holding."""
    if len(operands) != 2:
        text = f"`StringEquals` needs 2 operands, not {len(operands)}, so the step fails"
        return Flaw(None, text)
    first, second = operands
    if first.text == second.text:
        text = "both operands are the same, which the agent refuses, so the step fails"
        return Flaw(second, text)
    for operand in operands:
        if PARAMETER_STORE.search(operand.text):
            text = "a precondition cannot refer to Parameter Store, so the step fails"
            return Flaw(operand, text)
    platform = platform_of(operands)
    if platform is not None:
        return _platform_flaw(document, platform)
    return _parameter_flaw(document, first, second)


def _platform_flaw(document: SsmDocument, platform: Scalar) -> Flaw | None:
    text = platform.text
    if _parameters(document, text):
        words = f"`{PLATFORM}` cannot be compared with a parameter, so the step fails"
        return Flaw(platform, words)
    known = [name.lower() for name in PLATFORMS]
    if text.lower() in known or is_filled_in_later(text):
        return None
    meant = near(text, PLATFORMS)
    hint = "" if meant else "; expected `Linux`, `Windows` or `MacOS`"
    words = f"no platform is called `{text}`, so the step is always skipped{hint}"
    return Flaw(platform, words, meant)


def _parameter_flaw(document: SsmDocument, first: Scalar, second: Scalar) -> Flaw | None:
    named = [*_parameters(document, first.text), *_parameters(document, second.text)]
    if named:
        return _excluded(document, first, second) or _excluded(document, second, first)
    for operand in (first, second):
        bare = operand.text.strip("{} \t")
        if bare and near(bare, (PLATFORM,)) == PLATFORM:
            text = f"`{operand.text}` is not `{PLATFORM}`, so the step fails"
            return Flaw(operand, text, PLATFORM)
    if any(is_filled_in_later(operand.text) for operand in (first, second)):
        return None  # a generator's placeholder, or an undeclared parameter: another rule
    text = f"neither operand is `{PLATFORM}` or holds a parameter, so the step fails"
    return Flaw(first, text)


def _excluded(document: SsmDocument, reference: Scalar, literal: Scalar) -> Flaw | None:
    """A parameter compared with a text that is not among its allowed values."""
    match = _RESOLVABLE.fullmatch(reference.text)
    parameter = document.parameters.get(match[1]) if match else None
    if parameter is None or is_filled_in_later(literal.text) or not parameter.allowed_values:
        return None
    allowed = [value.text for value in parameter.allowed_values]
    default = parameter.default
    if isinstance(default, Scalar):
        allowed.append(default.text)
    if literal.text in allowed or any(is_filled_in_later(value) for value in allowed):
        return None
    text = f"`{parameter.name}` is never `{literal.text}`, so the step is always skipped"
    return Flaw(literal, text, near(literal.text, allowed))


def _parameters(document: SsmDocument, text: str) -> list[str]:
    """The declared parameters that an operand holds."""
    return [name for name in _RESOLVABLE.findall(text) if name in document.parameters]


def platform_for(document: SsmDocument, step: Step) -> str | None:
    """The one platform that a step's precondition lets it run on, in lower case."""
    for condition in conditions(document):
        platform = platform_of(condition.operands or ())
        if condition.step is step and platform and condition.operator.text == "StringEquals":
            return platform.text.lower()
    return None
