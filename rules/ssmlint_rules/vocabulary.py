"""The schemas of this pack for those who complete and explain keys; see `ssmlint.vocabulary`."""

from __future__ import annotations

from ssmlint.model.document import DocumentKind
from ssmlint.model.policy import PolicyForm, PolicyKind
from ssmlint.vocabulary import Vocabulary
from ssmlint_rules import policy_structure, structure


def of_document(kind: DocumentKind, version: str) -> Vocabulary:
    """What may stand in a document of a kind and `schemaVersion`."""
    name = structure.schema_for(kind, version)
    return Vocabulary(name, structure.schema_files(name))


def of_policy(form: PolicyForm, kind: PolicyKind) -> Vocabulary:
    """What may stand in a policy of a kind that is written in some form."""
    name = policy_structure.FORM_SCHEMAS[form]
    kinds = policy_structure.KIND_SCHEMAS[kind]
    return Vocabulary(name, policy_structure.schema_files(name, kinds))
