"""What the agent makes of a document and its parameters before it runs anything.

Source: aws/amazon-ssm-agent (`framework/docparser`, `framework/runpluginutil`,
`plugins/pluginutil`); a parameter is checked against `allowedPattern` only, and substituted
without any quoting.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from collections.abc import Mapping as Values
from typing import Any, Union

from ssmlint.embedded import SHELL_ACTION
from ssmlint.model.document import SsmDocument, Step
from ssmlint.records import dataclass
from ssmlint.tree import Mapping, Node, Scalar, Sequence

#: Seconds, where `timeoutSeconds` is missing, no number, or out of 5 to 172800.
DEFAULT_TIMEOUT = 3600.0
_LEAST, _MOST = 5.0, 172_800.0

_NAME = re.compile(r"[a-zA-Z0-9]+")
_REFERENCE = re.compile(r"\{\{\s*([a-zA-Z0-9]+)\s*\}\}")

Value = Union[str, int, float, bool, None, list[Any], dict[str, Any]]


class Refused(Exception):
    """The agent does not run the document at all, and says why."""


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """One step with its parameters filled in."""

    name: str
    action: str
    script: str | None
    environment: tuple[tuple[str, str], ...] = ()
    folder: str = ""
    timeout: float = DEFAULT_TIMEOUT
    on_failure: str = ""
    on_success: str = ""
    is_finally: bool = False
    skipped: str = ""
    """Why it does not run, and counts as a success."""
    fails: str = ""
    """Why it fails without running."""


def plan(document: SsmDocument, given: Values[str, Value]) -> tuple[PlannedStep, ...]:
    """The steps as the agent would run them; raises `Refused`."""
    values = _parameters(document, given)
    steps = document.steps
    return tuple(
        _planned(document, step, values, last=index == len(steps) - 1)
        for index, step in enumerate(steps)
    )


# --- parameters -------------------------------------------------------------------------------


def _parameters(document: SsmDocument, given: Values[str, Value]) -> dict[str, Value]:
    values: dict[str, Value] = {n: v for n, v in given.items() if _NAME.fullmatch(n)}
    for name, parameter in document.parameters.items():
        if name not in values:
            default = parameter.default
            values[name] = None if default is None else plain(default)
        pattern = parameter.allowed_pattern
        if pattern is not None and name in values:
            _require_match(name, values[name], pattern.text)
    return {name: value for name, value in values.items() if name in document.parameters}


def _require_match(name: str, value: Value, pattern: str) -> None:
    import re2

    try:
        compiled = re2.compile(pattern)
    except re2.error as error:
        text = "encountered error while compiling allowed pattern"
        raise Refused(f"{text} of `{name}`: {error}") from None
    items = value if isinstance(value, list) else [value]
    for item in items:
        if not isinstance(item, (str, dict, list)):
            raise Refused(f"invalid parameter type: `{name}`")
        text = item if isinstance(item, str) else _as_json(item)
        if compiled.search(text) is None:
            raise Refused(f"parameter value `{text}` of `{name}` does not match `{pattern}`")


def plain(node: Node) -> Value:
    """A node as plain data, as a JSON payload would carry it."""
    match node:
        case Scalar():
            return node.value
        case Sequence():
            return [plain(item) for item in node.items]
        case Mapping():
            return {entry.key.text: plain(entry.value) for entry in node.entries}


def substitute(value: Value, values: Values[str, Value]) -> Value:
    """Put the parameters in: the value itself where it is all there is, else as text."""
    match value:
        case str():
            whole = _REFERENCE.fullmatch(value)
            if whole is not None and whole[1] in values:
                return values[whole[1]]
            return _REFERENCE.sub(lambda match: _text(match, values), value)
        case list():
            return [substitute(item, values) for item in value]
        case dict():
            return {key: substitute(item, values) for key, item in value.items()}
    return value


def _text(match: re.Match[str], values: Values[str, Value]) -> str:
    if match[1] not in values:
        return match[0]
    value = values[match[1]]
    return (value if isinstance(value, str) else _as_json(value)).replace("$$", "$")


def _as_json(value: Value) -> str:
    """As Go's `json.Marshal` writes it."""
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    escapes = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}
    return re.sub("[<>&]", lambda match: escapes[match[0]], text)


# --- steps ----------------------------------------------------------------------------------------


def _planned(
    document: SsmDocument, step: Step, values: dict[str, Value], *, last: bool
) -> PlannedStep:
    name, action = step.name or f"step{step.index}", step.action or ""
    skipped, fails = _precondition(document, step, values)
    inputs: dict[str, Any] = {}
    for mapping in step.inputs:
        filled = substitute(plain(mapping), values)
        if isinstance(filled, dict):
            # Keys are matched whatever their case (encoding/json).
            inputs |= {key.casefold(): value for key, value in filled.items()}
    script: str | None = None
    if action == SHELL_ACTION:
        lines = inputs.get("runcommand")
        if isinstance(lines, list) and all(isinstance(line, str) for line in lines):
            script = "\n".join(lines) + "\n"
        else:
            fails = fails or "Invalid format in plugin properties: `runCommand` is no list of texts"
    elif not skipped and not fails:
        skipped = f"`{action}` is not run here"
    environment = inputs.get("environment")
    pairs = environment.items() if isinstance(environment, dict) else ()
    return PlannedStep(
        name=name,
        action=action,
        script=script,
        environment=(*_variables(document, values), *((str(k), str(v)) for k, v in pairs)),
        folder=str(inputs.get("workingdirectory") or ""),
        timeout=_timeout(inputs.get("timeoutseconds")),
        on_failure=str(inputs.get("onfailure") or ""),
        on_success=str(inputs.get("onsuccess") or ""),
        is_finally=last and inputs.get("finallystep") in (True, "true"),
        skipped=skipped,
        fails=fails,
    )


def _variables(document: SsmDocument, values: dict[str, Value]) -> Iterator[tuple[str, str]]:
    """`SSM_<name>` of parameters with `interpolationType: ENV_VAR`."""
    for name, parameter in document.parameters.items():
        value = values.get(name)
        if parameter.is_env_var and isinstance(value, str):
            yield f"SSM_{name}", value


def _timeout(value: Value) -> float:
    if not isinstance(value, (str, int, float)):
        return DEFAULT_TIMEOUT
    try:
        seconds = float(value)
    except ValueError:
        return DEFAULT_TIMEOUT
    fits = math.isfinite(seconds) and _LEAST <= seconds <= _MOST
    return float(int(seconds)) if fits else DEFAULT_TIMEOUT


def _precondition(document: SsmDocument, step: Step, values: dict[str, Value]) -> tuple[str, str]:
    """Why the step is skipped, and why it fails; both empty if it runs."""
    node = step.node.get("precondition")
    if node is None:
        return "", ""
    if document.schema_version < "2.2":
        return "", "preconditions need schema version 2.2"
    conditions = plain(node)
    if not isinstance(conditions, dict):
        return "", "the precondition is no mapping"
    for operator, operands in conditions.items():
        if operator != "StringEquals":
            return "", f"unrecognized operator: `{operator}`"
        if not isinstance(operands, list) or len(operands) != 2:
            return "", "StringEquals needs exactly two operands"
        skipped, fails = _compare(operands, values)
        if skipped or fails:
            return skipped, fails
    return "", ""


def _compare(operands: list[Any], values: dict[str, Value]) -> tuple[str, str]:
    first, second = (operand if isinstance(operand, str) else "" for operand in operands)
    if first == second:
        return "", f"the operands of StringEquals are identical: `{first}`"
    if "platformType" in (first, second):
        platform = second if first == "platformType" else first
        if _REFERENCE.search(platform):
            return "", "the platform can not be a parameter"
        met = platform.lower() == "linux"
        return ("" if met else f"its precondition asks for `{platform}`"), ""
    if not any(
        match[1] in values for text in (first, second) for match in _REFERENCE.finditer(text)
    ):
        return "", "one operand of StringEquals must contain a parameter"
    one, other = substitute(first, values), substitute(second, values)
    return ("" if one == other else f"`{one}` is not `{other}`"), ""
