"""What stands behind a reference: the declaration of a parameter, a step, a system variable."""

from __future__ import annotations

from ssmlint.automation.runbook import declared_outputs, outputs_of
from ssmlint.engine import Facts
from ssmlint.model.document import DocumentKind, SsmDocument
from ssmlint.model.references import Reference, ReferenceKind
from ssmlint.source import Source, Span
from ssmlint.tree import Node
from ssmlint_lsp.cursor import touches
from ssmlint_lsp.hovering.types import Hover, code, joined, lines_of
from ssmlint_lsp.names.documents import steps_of
from ssmlint_lsp.names.finding import named_at
from ssmlint_lsp.names.types import NameKind

#: System variables of Automation (Systems Manager user guide, automation-variables).
_SYSTEM = {
    "global:ACCOUNT_ID": "Id of the account that the automation runs in.",
    "global:DATE": "Date of the run, `yyyy-MM-dd`.",
    "global:DATE_TIME": "Date and time of the run.",
    "global:AWS_PARTITION": "Partition of the Region: `aws`, `aws-cn` ...",
    "global:REGION": "Region that the automation runs in.",
    "automation:EXECUTION_ID": "Id of this run of the automation.",
}


def hover(facts: Facts, offset: int) -> Hover | None:
    """The hover over a name of the document, or over what stands between braces."""
    named = named_at(facts, offset)
    if named is not None and isinstance(named.name.scope, SsmDocument):
        text = _of_name(named.name.scope, named.name.kind, named.name.text, named.name.container)
        is_key = named.occurrence is named.name.declaration
        if text and not is_key:
            return Hover(named.occurrence.span, text)
    for document in facts.of(SsmDocument):
        for reference in document.references:
            if touches(reference.span, offset):
                text = _of_reference(document, reference)
                return Hover(reference.span, text) if text else None
    return None


def _of_reference(document: SsmDocument, reference: Reference) -> str:
    match reference.kind:
        case ReferenceKind.PARAMETER:
            return _of_name(document, NameKind.PARAMETER, reference.name, "")
        case ReferenceKind.PARAMETER_STORE:
            name = reference.name.partition(":")[2]
            return f"**{name}**, from Parameter Store"
        case ReferenceKind.GLOBAL | ReferenceKind.AUTOMATION:
            known = _SYSTEM.get(reference.name)
            return joined(f"**{reference.name}**", known) if known else ""
        case ReferenceKind.STEP_OUTPUT:
            step, _, output = reference.name.partition(".")
            return _of_name(document, NameKind.OUTPUT, output.partition(".")[0], step)
    return ""


def _of_name(document: SsmDocument, kind: NameKind, name: str, container: str) -> str:
    match kind:
        case NameKind.PARAMETER:
            return _parameter(document, name)
        case NameKind.VARIABLE:
            return _variable(document, name)
        case NameKind.STEP:
            return _step(document, name)
        case NameKind.OUTPUT:
            return _output(document, container, name)
    return ""


def _parameter(document: SsmDocument, name: str) -> str:
    parameter = document.parameters.get(name)
    if parameter is None:
        return "" if document.kind is DocumentKind.SESSION else f"`{name}` is not declared."
    handed = ""
    if parameter.is_env_var:
        handed = f"The agent hands the value over as environment variable `SSM_{name}`."
    return joined(
        f"**{name}**, parameter", _declared(document, parameter.key, parameter.node), handed
    )


def _declared(document: SsmDocument, key: Node, node: Node) -> str:
    source: Source = document.source
    span = Span(key.span.start, max(key.span.end, node.span.end))
    return code(lines_of(source, span), document.tree.format)


def _variable(document: SsmDocument, name: str) -> str:
    variables = document.root.get_mapping("variables")
    entry = variables.entry(name) if variables is not None else None
    if entry is None:
        return f"`{name}` is not declared."
    return joined(f"**{name}**, variable", _declared(document, entry.key, entry.value))


def _step(document: SsmDocument, name: str) -> str:
    for step in steps_of(document):
        scalar = step.get_scalar("name")
        if scalar is not None and scalar.text == name:
            action, about = step.get_scalar("action"), step.get_scalar("description")
            return joined(
                f"**{name}**, step" + (f" of `{action.text}`" if action is not None else ""),
                about.text if about is not None else "",
            )
    return ""


def _output(document: SsmDocument, name: str, output: str) -> str:
    step = next((step for step in document.all_steps if step.name == name), None)
    if step is None:
        return ""
    kind = outputs_of(step).get(output)
    head = f"**{output}**, output of step `{name}`" + (f" ({kind})" if kind else "")
    for declared in declared_outputs(step):
        if declared.name == output:
            text = lines_of(document.source, declared.fields.span)
            return joined(head, code(text, document.tree.format))
    return joined(head, "" if kind else f"Step `{name}` has no output `{output}`.")
