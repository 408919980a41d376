"""Options in words and as data, for `ssmlint config` and the page in `docs/`."""

from __future__ import annotations

from typing import Any

from ssmlint.configuration.table import Option


def line(option: Option) -> str:
    """An option in one line."""
    return f"{option.name}: {option.summary}"


def page(option: Option, *, level: int = 1) -> str:
    """All about an option, in Markdown; `level` is that of its heading."""
    rows = [("takes", takes(option)), ("default", option.default)]
    rows.append(("where a file extends another", option.joining.value))
    if option.flag is not None:
        rows.append(("on the command line", f"`{option.flag}`"))
    facts = "".join(f"- {name}: {value}\n" for name, value in rows)
    head = f"{'#' * level} {option.name}\n\n{_sentence(option.summary)}\n\n{facts}"
    return f"{head}\n{option.text}\n\n```toml\n{option.example}\n```\n"


def takes(option: Option) -> str:
    """What an option takes, in words."""
    if option.choices:
        return "one of " + ", ".join(f'`"{choice}"`' for choice in option.choices)
    return option.kind.value


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def as_data(option: Option) -> dict[str, Any]:
    """The same as data."""
    return {
        "name": option.name,
        "summary": option.summary,
        "takes": option.kind.value,
        "choices": list(option.choices),
        "default": option.default,
        "extends": option.joining.value,
        "flag": option.flag,
        "description": option.text,
        "example": option.example,
    }
