"""What may stand in documents and policies, and what it means, for editors.

Rule packs know it, as JSON Schemas with descriptions, and hand it over by an entry point of
the group `ssmlint.vocabulary`: a module with two functions, `of_document(kind, version)` and
`of_policy(form, kind)`, that give a `Vocabulary` or None.
"""

from __future__ import annotations

import functools
import importlib
import sys
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

from ssmlint.model.document import DocumentKind
from ssmlint.model.policy import PolicyForm, PolicyKind
from ssmlint.packs import announced
from ssmlint.records import dataclass

GROUP = "ssmlint.vocabulary"


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """A JSON Schema (2020-12) and those that it refers to."""

    root: str
    """The name, in `files`, of the schema to begin with."""
    files: Mapping[str, Mapping[str, Any]]
    """The schemas by the names that they refer to each other by."""


@functools.cache
def vocabulary_of_document(kind: DocumentKind, version: str) -> Vocabulary | None:
    """What may stand in a document; of several packs that know, the first one's word."""
    found = (module.of_document(kind, version) for module in _modules())
    return next((one for one in found if one is not None), None)


@functools.cache
def vocabulary_of_policy(form: PolicyForm, kind: PolicyKind) -> Vocabulary | None:
    """The same for a policy."""
    found = (module.of_policy(form, kind) for module in _modules())
    return next((one for one in found if one is not None), None)


def _modules() -> Iterator[ModuleType]:
    for name in announced(sys.path, GROUP).values():
        yield importlib.import_module(name)
