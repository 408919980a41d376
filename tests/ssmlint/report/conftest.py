"""Schemas, and a directory that is no repository."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import xmlschema


@pytest.fixture(autouse=True)
def _in_no_repository(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="session")
def data(pytestconfig: pytest.Config) -> Path:
    return Path(pytestconfig.rootpath, "tests", "data")


@pytest.fixture(scope="session")
def json_of(data: Path) -> Callable[[str, str], Any]:
    """Reads JSON output, which a schema of `tests/data` has to allow."""
    validators: dict[str, jsonschema.Draft202012Validator] = {}

    def read(schema: str, output: str) -> Any:
        if schema not in validators:
            text = (data / schema).read_text(encoding="utf-8")
            validators[schema] = jsonschema.Draft202012Validator(json.loads(text))
        parsed = json.loads(output)
        validators[schema].validate(parsed)
        return parsed

    return read


@pytest.fixture(scope="session")
def xml_of(data: Path) -> Callable[[str, str], Any]:
    """Reads XML output as an element, which a schema of `tests/data` has to allow."""
    schemas: dict[str, Any] = {}

    def read(schema: str, output: str) -> Any:
        from xml.etree import ElementTree

        if schema not in schemas:
            schemas[schema] = xmlschema.XMLSchema(str(data / schema))
        parsed = ElementTree.fromstring(output.encode("ascii"))
        schemas[schema].validate(parsed)
        return parsed

    return read
