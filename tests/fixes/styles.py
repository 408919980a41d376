"""The same document written in other ways: a fix must come to the same in all of them."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import ruamel.yaml

from ssmlint.files import parse, read
from ssmlint.source import Source, decode
from ssmlint.tree import plain


def data_of(source: Source) -> Any:
    """What a file says, whatever it is written like."""
    return [plain(root) for root in parse(source).roots]


def line_ends_and_marks(source: Source) -> Iterator[tuple[str, Source]]:
    """The file as editors on other systems write it."""
    if "\r" not in source.text:
        text = source.text.replace("\n", "\r\n")
        yield "CR LF", replace(source, text=text)
    yield "byte-order mark", replace(source, had_bom=True)
    yield "no line end at the end", replace(source, text=source.text.rstrip("\n"))
    yield "UTF-16", decode(source.text.encode("utf-16"), source.path)


def styles(source: Source) -> Iterator[tuple[str, Source]]:
    """The file as JSON, and as YAML with all strings in one style; those that hold the same."""
    file = read(source)
    if file.tree.broken or len(file.tree.roots) != 1:
        return
    data = data_of(source)[0]
    for name, text in _written(data):
        ending = "json" if name.startswith("JSON") else "yaml"
        made = Source(f"{source.path.rpartition('.')[0]}.{ending}", text)
        if not parse(made).broken and data_of(made) == [data]:
            yield name, made


def _written(data: Any) -> Iterator[tuple[str, str]]:
    try:
        yield "JSON", json.dumps(data, indent=2, ensure_ascii=False) + "\n"
        yield "JSON with tabs, in ASCII", json.dumps(data, indent="\t") + "\n"
        yield "JSON on one line", json.dumps(data)
    except (TypeError, ValueError):  # dates and the like
        return
    for name, style in (("double", '"'), ("single", "'"), ("folded", ">"), ("literal", "|")):
        for width in (80, 1_000_000):
            yaml: Any = ruamel.yaml.YAML(typ="safe", pure=True)
            yaml.default_style = style
            yaml.default_flow_style = False
            yaml.width = width
            stream = io.StringIO()
            yaml.dump(data, stream)
            yield f"YAML, {name}, {width} wide", stream.getvalue()
