"""PowerShell inside of documents: colours, names, hover, completion."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from ssmlint_lsp.completing import Candidate, completions, without_places
from ssmlint_lsp.folding import folds
from ssmlint_lsp.hovering import hover
from ssmlint_lsp.names.finding import names_of
from ssmlint_lsp.names.types import NameKind
from ssmlint_lsp.navigating import definition, highlights
from ssmlint_lsp.outlining import document_symbols
from ssmlint_lsp.renaming import CannotRename, rename
from ssmlint_lsp.selecting import selections
from tests.ssmlint_lsp.runbooks import ALL_FORMS, POWERSHELL, document, written_in
from tests.ssmlint_lsp.test_tokenizing import painted
from tests.ssmlint_lsp.writing import CURSOR, at_cursor, facts_of, offset_of, path_of

NOW = datetime(2024, 2, 28, tzinfo=timezone.utc)
KINDS = (NameKind.POWERSHELL_VARIABLE, NameKind.POWERSHELL_FUNCTION)


def script(text: str) -> list[str]:
    """The colours of a script."""
    return painted(document("literal", text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("if ($x -eq 3 -and -not $true) { exit 1 } # 🧊 why\n", [
            "keyword if", "variable $x", "operator -eq", "number 3", "operator -and",
            "operator -not", "keyword $true", "keyword exit", "number 1", "comment # 🧊 why"]),
        ("param([string]$Name = 'x', [int]$Most = 5mb)\n", [
            "keyword param", "class [string]", "parameter.declaration $Name", "operator =",
            "string 'x'", "class [int]", "parameter.declaration $Most", "operator =", "number 5mb"]),
        ("function Get-It($a) { $a }\nget-it -a 3\n", [
            "keyword function", "function.declaration Get-It", "parameter.declaration $a",
            "variable $a", "function get-it", "parameter -a", "number 3"]),
        ("$r = Get-Item x | Where-Object { $_.Name -like 'a*' }\n", [
            "variable.declaration $r", "operator =", "function.defaultLibrary Get-Item",
            "operator |", "function.defaultLibrary Where-Object", "variable $_", "property Name",
            "operator -like", "string 'a*'"]),
        ('echo "a $x $($y.Length) `$z {{ Instance }}"\n', [
            "function.defaultLibrary echo", 'string "a ', "variable $x", "variable $y",
            "property Length", "string `$z ", "parameter {{ Instance }}", 'string "']),
        ("[Environment]::Exit(1); $a.b.Call()\n", [
            "class [Environment]", "method Exit", "number 1", "variable $a", "property b",
            "method Call"]),
        ("foreach ($i in $all) { <# no #> }\n", [
            "keyword foreach", "variable.declaration $i", "keyword in", "variable $all",
            "comment <# no #>"]),
        ("@{ if = 1 }\n", ["property if", "operator =", "number 1"]),
        ("@'\n$a {{ Instance }}\n'@\n", ["string @'", "string $a ", "parameter {{ Instance }}",
                                        "string '@"]),
    ],
)  # fmt: skip
def test_words_of_a_script(text: str, expected: list[str]) -> None:
    assert [word for word in script(text) if word != "string  "] == expected


@pytest.mark.parametrize("form", ALL_FORMS)
def test_names_stand_where_they_are_written(form: str) -> None:
    text = document(form)
    names = [name for name in names_of(facts_of(text)) if name.kind in KINDS]
    assert [(n.text, n.container, [o.role.value for o in n.occurrences]) for n in names] == [
        ("limit", "", ["write", "read", "read"]),
        ("name", "Stop-It", ["declaration", "read"]),
        ("found", "Stop-It", ["write", "read", "read"]),
        ("one", "", ["write", "read"]),
        ("Stop-It", "", ["declaration", "read"]),
    ]
    for name in names:
        for place in name.occurrences:
            assert text[place.span.start : place.span.end].lower() == name.text.lower()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$x = 1\nfunction f { $x = 2; $script:x }\n", [("x", "", 2), ("x", "f", 1), ("f", "", 1)]),
        ("$x = 1\nfunction f { $x }\n", [("x", "", 2), ("f", "", 1)]),
        ("${x} = $X; $env:x; $global:x\n", [("x", "", 3), ("env:x", "", 1)]),
        ("$_; $true; $args; ${{ Instance }}\n", []),
        ("@splat; $splat = @{ splat = 1 }\n", [("splat", "", 2)]),
        ("\"$a:b $a: `$a ${a}\"\n", [("a:b", "", 1), ("a", "", 2)]),
    ],
)  # fmt: skip
def test_which_names_are_the_same(text: str, expected: list[tuple[str, str, int]]) -> None:
    found = names_of(facts_of(document("literal", text)))
    names = [(n.text, n.container, len(n.occurrences)) for n in found if n.kind in KINDS]
    assert sorted(names) == sorted(expected)


@pytest.mark.parametrize("form", ALL_FORMS)
def test_definition_highlight_and_hover(form: str) -> None:
    text = document(form)
    facts = facts_of(text)
    at = offset_of(text, "{ Stop-It", "Stop-It")
    (target,) = definition(facts, at)
    assert target.span.start == offset_of(text, "function Stop-It", "Stop-It")
    found = hover(facts, at, NOW)
    assert found is not None
    assert found.text.startswith("**Stop-It**, function, defined in line ")
    assert "function Stop-It([string]$name) {" in found.text
    roles = [item.role.value for item in highlights(facts, text.index("Limit -eq"))]
    assert roles == ["write", "read", "read"]
    found = hover(facts, text.index("found in"), NOW)
    assert found is not None
    assert found.text.startswith("**found**, variable, local to `Stop-It`\n\nAssigned in")


def test_hover_over_the_environment() -> None:
    text = document("literal", "$env:InputPayload | ConvertFrom-Json; $nobody\n")
    found = hover(facts_of(text), text.index("InputPayload"), NOW)
    assert found is not None
    assert "as JSON" in found.text
    found = hover(facts_of(text), text.index("nobody"), NOW)
    assert found is not None
    assert "Not assigned in this script." in found.text


def offered(marked: str) -> dict[str, Candidate]:
    text, offset = at_cursor(marked)
    return {item.label: item for item in completions(path_of(text), text, offset)}


def typed(form: str, line: str) -> str:
    """A document in whose script a line is being typed."""
    made = document(form, f"{POWERSHELL}LINE\n")
    return made.replace("LINE", written_in(form, line).replace("\\u2038", CURSOR))


@pytest.mark.parametrize("form", ALL_FORMS)
@pytest.mark.parametrize(
    ("line", "label", "taken"),
    [
        ("$li‸", "limit", "$limit"),
        ("${li‸", "limit", "${limit}"),
        ("Get-Item $‸", "LASTEXITCODE", "Get-Item $LASTEXITCODE"),
        ("St‸", "Stop-It", "Stop-It"),
        ("$x = Stop-‸", "Stop-It", "$x = Stop-It"),
        ("{{ ‸", "Instance", "{{ Instance }}"),
    ],
)
def test_completion(form: str, line: str, label: str, taken: str) -> None:
    marked = typed(form, line)
    item = offered(marked)[label]
    text, _ = at_cursor(marked)
    after = f"{text[: item.span.start]}{without_places(item.text)}{text[item.span.end :]}"
    assert written_in(form, f"{taken}\n") in after.replace("\r\n", "\n")


@pytest.mark.parametrize("item", ["St‸", '"St‸"', "'St‸'", "‸", '"exit; St‸"'])
def test_functions_in_lists_of_lines(item: str) -> None:
    text = document("literal", "function Stop-It { exit }\n")
    found = offered(f"{text}      - {item}\n")
    assert found["Stop-It"].detail == "function"
    assert "exit" not in found


def test_nothing_of_bash_is_offered() -> None:
    found = offered(typed("literal", "echo $‸"))
    assert "env:AWS_SSM_REGION_NAME" in found
    assert "AWS_SSM_REGION_NAME" not in found
    assert "AWS_SSM_REGION_NAME" not in offered(typed("literal", "echo a-‸"))


def test_parameters_that_are_handed_over() -> None:
    marked = typed("literal", "$env:‸").replace("default: 🧊", "interpolationType: ENV_VAR")
    assert offered(marked)["SSM_Instance"].detail == "parameter"


def test_nothing_is_renamed() -> None:
    text = document("literal")
    with pytest.raises(CannotRename, match="whatever a function calls"):
        rename(facts_of(text), text.index("limit"), "most")


@pytest.mark.parametrize("form", ALL_FORMS)
def test_outline_and_selections(form: str) -> None:
    text = document(form)
    (_, steps) = document_symbols(facts_of(text))
    (made,) = steps.children[0].children
    assert made.name == "powershell"
    (function,) = made.children
    assert text[function.selection.start : function.selection.end] == "Stop-It"
    assert text[function.span.start :].startswith("function Stop-It")
    spans = selections(facts_of(text), offset_of(text, "Get-Service $name", "Service"))
    found = [text[span.start : span.end] for span in spans]
    assert found[:3] == ["Service", "Get-Service", "$found = Get-Service $name"]
    assert found[3].startswith("{")
    assert found[4].startswith("function Stop-It")
    assert found[-1] == text


@pytest.mark.parametrize("form", ["literal", "crlf"])
def test_folds(form: str) -> None:
    script_ = "function f {\n  a @(\n    1\n  )\n}\n$x = @'\na\nb\n'@\n<#\nwhy\n#>\n"
    text = document(form, script_)
    first = next(n for n, line in enumerate(text.splitlines()) if "function f" in line)
    found = [(fold.first - first, fold.last - first) for fold in folds(facts_of(text))]
    assert [fold for fold in found if fold[0] >= 0] == [(0, 3), (1, 2), (5, 7), (9, 11)]
