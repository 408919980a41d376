"""What Data Lifecycle Manager sends to a pre/post document. No rule.

Source: EBS User Guide, "Automate application-consistent snapshots": the parameter `command` with
the stages, and `executionId`, which every document of AWS declares (that DLM sends both and
nothing else is inferred from there).
"""

from __future__ import annotations

from collections.abc import Iterable

from ssmlint.model.document import DLM_STAGES, Parameter, SsmDocument, stage_named
from ssmlint_rules.wording import near

STAGE_PARAMETER = "command"
EXECUTION_ID = "executionId"

#: The pattern of an id in AWS's own documents, without anchors.
UUID = "[a-fA-F0-9]{8}(-[a-fA-F0-9]{4}){3}-[a-fA-F0-9]{12}"

#: Ids as DLM makes them, and the same in capitals: AWS's own pattern takes both.
EXECUTION_IDS = (
    "3f2b8c1e-9d47-4a06-b5e8-0c6d7f1a2e93",
    "3F2B8C1E-9D47-4A06-B5E8-0C6D7F1A2E93",
)


def execution_id(document: SsmDocument) -> Parameter | None:
    """The parameter `executionId` of a DLM document, None where it has none."""
    return document.parameters.get(EXECUTION_ID) if document.is_dlm else None


def misspelled_execution_id(document: SsmDocument) -> Parameter | None:
    """The parameter that `executionId` was meant to be, where that is missing."""
    if EXECUTION_ID in document.parameters:
        return None
    stage = document.stage_parameter
    others = [p for p in document.parameters.values() if p is not stage]
    return next((p for p in others if near(p.name, (EXECUTION_ID,))), None)


def meant_stage(value: str, values: Iterable[str]) -> str | None:
    """The stage that a value of `allowedValues` misspells, None where it names one or none.

    `values` are all of them: a stage that stands among them is not meant by another.
    """
    if value in DLM_STAGES:
        return None
    open_stages = [stage for stage in DLM_STAGES if stage not in values]
    named = stage_named(value) or near(value, DLM_STAGES)
    return named if named in open_stages else None
