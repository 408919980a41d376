"""The inputs that break other linters: each is read right, at once, and without a traceback.

Every case runs the whole command line with all rules on.  What the file family (SSM0..) says
is asserted; what other rules think of the documents is theirs to test.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.command import Result, ssmlint

#: Seconds.  Each case takes well under one; this only tells slow from hung.
GUARD = 20.0

YAML = """\
schemaVersion: '2.2'
description: says hello
parameters:
  greeting:
    type: String
    default: hello
mainSteps:
  - action: aws:runShellScript
    name: greet
    inputs:
      timeoutSeconds: 60
      runCommand:
        - |
          #!/bin/bash
          echo "日本語😀 $greeting_undefined"
"""

JSON = """\
{
\t"schemaVersion": "2.2",
\t"description": "says hello",
\t"mainSteps": [
\t\t{
\t\t\t"action": "aws:runShellScript",
\t\t\t"name": "greet",
\t\t\t"inputs": {"timeoutSeconds": "60", "runCommand": ["#!/bin/bash", "echo hello"]}
\t\t}
\t]
}
"""

LAUGHS = "".join(
    f"x{n}: &x{n} [{', '.join([f'*x{n - 1}'] * 10)}]\n" if n else "x0: &x0 [lol, lol]\n"
    for n in range(12)
)


@dataclass(frozen=True)
class Case:
    """A file and what the file family says about it, as `line:column name`."""

    name: str
    data: bytes
    said: list[str] = field(default_factory=list)
    file: str = "document.yaml"
    checked: bool = True


def yaml(name: str, text: str, *said: str, encoding: str = "utf-8") -> Case:
    return Case(name, text.encode(encoding), list(said))


def json(name: str, text: str, *said: str, encoding: str = "utf-8") -> Case:
    return Case(name, text.encode(encoding), list(said), "document.json")


CASES = [
    yaml("duplicate key", YAML + "description: again\n", "16:1 duplicate-key"),
    yaml(
        "duplicate key in a mapping in a list",
        YAML + "  - {action: aws:runShellScript, name: a, name: b, inputs: {runCommand: [a]}}\n",
        "16:43 duplicate-key",
    ),
    json("duplicate key, JSON", JSON.replace('"name"', '"action"'), "7:4 duplicate-key"),
    yaml("byte-order mark", YAML, encoding="utf-8-sig"),
    json("byte-order mark, JSON", JSON, encoding="utf-8-sig"),
    yaml("UTF-16", YAML, encoding="utf-16"),
    json("UTF-16, JSON", JSON, encoding="utf-16"),
    yaml("UTF-16, no mark, little end first", YAML, encoding="utf-16-le"),
    yaml("UTF-16, no mark, big end first", YAML, encoding="utf-16-be"),
    yaml("UTF-32", YAML, encoding="utf-32"),
    Case(
        "Latin-1",
        YAML.replace("says hello", "Grüße").encode("latin-1", "replace"),
        ["2:16 undecodable-file"],
    ),
    Case("NUL", YAML.encode().replace(b"hello\n", b"hel\0lo\n", 1), ["2:22 syntax-error"]),
    Case(
        "NUL, JSON", JSON.encode().replace(b"says ", b"says\0", 1), ["3:22 syntax-error"], "d.json"
    ),
    Case("escape character", YAML.encode().replace(b"says", b"sa\x1bys", 1), ["2:16 syntax-error"]),
    json("JSON indented by tabs", JSON),
    Case("the same in a file called .yaml", JSON.encode()),
    Case("the same in a file without an ending", JSON.encode(), file="document"),
    yaml("YAML indented by a tab", YAML.replace("    inputs:", "\tinputs:"), "10:1 syntax-error"),
    yaml("CRLF", YAML.replace("\n", "\r\n")),
    json("CRLF, JSON", JSON.replace("\n", "\r\n")),
    yaml("lone CR", YAML.replace("\n", "\r")),
    yaml("alias", "x: &s 60\n" + YAML.replace("timeoutSeconds: 60", "timeoutSeconds: *s")),
    yaml(
        "merge key",
        "x: &x\n  timeoutSeconds: 60\n" + YAML.replace("timeoutSeconds: 60", "<<: *x"),
    ),
    yaml("merge key of a scalar", YAML + "<<: 1\n"),
    yaml("recursive alias", YAML + "x: &x [1, [*x]]\n", "16:12 recursive-alias"),
    yaml("merge key that is recursive", YAML + "x: &x\n  <<: *x\n", "17:7 recursive-alias"),
    yaml("alias of nothing", YAML + "x: *nothing\n", "16:4 syntax-error"),
    yaml("billion laughs", YAML + LAUGHS, "21:40 too-large"),
    yaml("2,000 brackets", YAML + "x: " + "[" * 2_000 + "]" * 2_000, "16:203 too-deep"),
    yaml("50,000 brackets", YAML + "x: " + "[" * 50_000 + "]" * 50_000, "16:203 too-deep"),
    yaml("50,000 open brackets", YAML + "x: " + "[" * 50_000, "16:203 too-deep"),
    yaml("50,000 braces", YAML + "x: " + "{a: " * 50_000, "16:800 too-deep"),
    yaml("2,000 levels of lists", YAML + "x:\n " + "- " * 2_000 + "1\n", "17:400 too-deep"),
    json(
        "50,000 brackets, JSON",
        JSON.replace('"greet"', "[" * 50_000 + "]" * 50_000),
        "7:209 too-deep",
    ),
    json("50,000 open brackets, JSON", JSON.replace('"greet"', "[" * 50_000), "7:209 too-deep"),
    Case("2,000 brackets and nothing else", b"[" * 2_000, checked=False),
    Case("50,000 brackets and nothing else", b"[" * 50_000, checked=False),
    Case("50,000 brackets, .json", b"[" * 50_000, checked=False, file="x.json"),
    yaml("two documents", YAML + "---\n" + YAML, "16:1 several-documents"),
    yaml("one document with marks around it", "---\n" + YAML + "...\n"),
    json("two JSON documents", JSON + JSON, "12:1 syntax-error"),
    Case("an empty file", b"", checked=False),
    Case("an empty file, .json", b"", checked=False, file="x.json"),
    Case("a comment", b"# schemaVersion mainSteps\n", checked=False),
    Case("nothing but NULs", bytes(5_000), checked=False),
    yaml("half a surrogate", YAML + 'x: "\\ud800"\n', "16:7 syntax-error"),
    Case("half a surrogate, JSON", JSON.replace("hello", "\\ud800").encode(), file="x.json"),
    yaml("a line of 2 MB", YAML + "x: " + "y" * 2_000_000 + "\n"),
    yaml("a script line of 1 MB", YAML.rstrip() + " " + "y" * 1_000_000 + "\n"),
    yaml("100,000 comments", YAML + "# comment\n" * 100_000),
    yaml("a long key", YAML + "? " + "k" * 2_000 + "\n: 1\n"),
    json("a number of 10,000 digits", JSON.replace('"60"', "9" * 10_000)),
    yaml("a number of 10,000 digits, YAML", YAML.replace("60", "9" * 10_000)),
    yaml("an unknown tag", YAML.replace("'2.2'", "!Sub '2.2'")),
    yaml("a key that is a mapping", YAML + "? {a: b}\n: 1\n"),
    yaml("cut off in a quoted scalar", YAML + 'x: "no end\n', "16:4 syntax-error"),
    yaml("cut off in a list", YAML + "x: [1,\n", "17:1 syntax-error"),
]


def check(case: Case, folder: Path) -> Result:
    path = folder / case.file
    path.write_bytes(case.data)
    start = time.monotonic()
    result = ssmlint("check", str(path), "--output-format", "json")
    assert time.monotonic() - start < GUARD
    return result


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_hard_input(case: Case, tmp_path: Path) -> None:
    result = check(case, tmp_path)
    findings = result.json["findings"]
    assert "internal-error" not in result.found
    assert said_by_the_file_family(findings) == case.said
    assert result.json["summary"]["files"] == int(case.checked)
    assert result.status in ((0, 1) if not case.said else (1,))
    assert result.err == ("" if case.checked else "ssmlint: no SSM document or policy in 1 file\n")


def said_by_the_file_family(findings: list[dict[str, object]]) -> list[str]:
    return [place_and_name(f) for f in findings if str(f["rule"]).startswith("SSM0")]


def place_and_name(finding: dict[str, object]) -> str:
    start = finding["start"]
    assert isinstance(start, dict)
    return f"{start['line']}:{start['column']} {finding['name']}"


@pytest.mark.parametrize("output_format", ["text", "concise"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_hard_input_as_text(case: Case, output_format: str, tmp_path: Path) -> None:
    path = tmp_path / case.file
    path.write_bytes(case.data)
    result = ssmlint("check", str(path), "--select", "SSM0", "--output-format", output_format)
    assert result.status == (1 if case.said else 0)
    assert result.out.replace("\n", "").isprintable()
    assert max(map(len, result.out.splitlines()), default=0) < 400


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-be"])
def test_columns_behind_wide_characters_are_code_points(encoding: str, tmp_path: Path) -> None:
    line = "x: {a: 日本語😀 e\u0301, b: 1, b: 2}"
    result = check(Case("", (YAML + line + "\n").encode(encoding)), tmp_path)
    (said,) = said_by_the_file_family(result.json["findings"])
    assert said == f"16:{line.rindex('b:') + 1} duplicate-key"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_columns_in_a_script_behind_wide_characters(
    encoding: str, line_end: str, tmp_path: Path
) -> None:
    result = check(Case("", YAML.replace("\n", line_end).encode(encoding)), tmp_path)
    (found,) = (f for f in result.json["findings"] if f["name"] == "undefined-variable")
    line = YAML.splitlines()[14]
    assert (found["start"]["line"], found["start"]["column"]) == (15, line.index("$") + 1)


def test_a_missing_file_and_a_directory(tmp_path: Path) -> None:
    result = ssmlint("check", str(tmp_path / "missing.yaml"), str(tmp_path))
    assert result.status == 2
    assert result.err == (
        f"ssmlint: error: {tmp_path / 'missing.yaml'}: No such file or directory\n"
    )
