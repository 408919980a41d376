"""Comments that are written silence what they are for, and change nothing else."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from ssmlint.added_suppressions import with_ignores
from ssmlint.engine import check
from ssmlint.files import read
from ssmlint.rule import Finding
from ssmlint.settings import Settings
from ssmlint.source import Source, decode

ROOT = Path(__file__).parents[2]
FIXTURES = sorted((ROOT / "fixtures").rglob("*.y*ml"))
CORPUS = sorted((ROOT.parent / "shared" / "corpus").rglob("*.y*ml"))

#: Rules whose findings are about the size of the file, which comments change.
SETTINGS = Settings(ignore=("document-too-large",))


def counted(findings: list[Finding] | tuple[Finding, ...]) -> Counter[tuple[str, str]]:
    return Counter((finding.rule.name, finding.message) for finding in findings)


def expect_silence(source: Source) -> None:
    found = check(source, SETTINGS)
    added = with_ignores(read(source), found, "known")
    assert len(added.silenced) + len(added.left) == len(found)
    again = Source(source.path, added.text, source.encoding, source.had_bom)
    assert counted(check(again, SETTINGS)) == counted(added.left)
    old, new = source.text.splitlines(), added.text.splitlines()
    assert [line.rstrip() for line in old if line.strip()] == [
        stripped for line in new if (stripped := without_comment(line, set(old))).strip()
    ]


def without_comment(line: str, old: set[str]) -> str:
    return line.rstrip() if line in old else line.partition("# ssmlint: ignore[")[0].rstrip()


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_fixtures(path: Path) -> None:
    expect_silence(decode(path.read_bytes(), str(path)))


@pytest.mark.parametrize("part", range(8))
def test_corpus(part: int) -> None:
    if not CORPUS:
        pytest.skip("needs the corpus")
    for path in CORPUS[part::8]:
        expect_silence(decode(path.read_bytes(), str(path)))


@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_line_breaks_stay(line_break: str) -> None:
    text = (ROOT / "fixtures" / "bad").rglob("*.yaml")
    for path in list(text)[:5]:
        broken = path.read_text(encoding="utf-8").replace("\n", line_break)
        source = Source(str(path), broken)
        added = with_ignores(read(source), check(source, SETTINGS), "known")
        assert added.text.count("\n") == added.text.count(line_break)


def test_hundreds_of_findings_take_seconds_at_most() -> None:
    lines = "".join(f'          echo "$unknown{n}"\n' for n in range(400))
    folded = "          cat <<'EOF' \\\n          EOF\n"
    head = "schemaVersion: '2.2'\nmainSteps:\n  - action: aws:runShellScript\n    name: a\n"
    text = f"{head}    inputs:\n      runCommand:\n        - |\n{folded}          EOF\n{lines}"
    source = Source("a.yaml", text)
    added = with_ignores(read(source), check(source, SETTINGS), "known")
    assert len(added.silenced) >= 400


PYTHON = """\
schemaVersion: '0.3'
assumeRole: a
parameters: {Name: {type: String}}
mainSteps:
  - name: x
    action: aws:executeScript
    inputs:
      Runtime: python3.11
      Handler: main
      Script: |
        def main(events, context):
            text = '''
              {{ Name }}
            '''
            total = 1 + \\
                missing
            return text, total
"""

POWERSHELL = """\
schemaVersion: '2.2'
parameters: {Name: {type: String}}
mainSteps:
  - name: x
    action: aws:runPowerShellScript
    inputs:
      timeoutSeconds: 60
      runCommand:
        - |
          Get-Item `
            -Path {{ Name }}
"""


@pytest.mark.parametrize("text", [PYTHON, POWERSHELL], ids=["python", "powershell"])
def test_comments_stay_out_of_strings_and_of_continued_lines(text: str) -> None:
    source = Source("document.yaml", text)
    expect_silence(source)
    added = with_ignores(read(source), check(source, SETTINGS), "known").text.splitlines()
    joined = [line for line in added if line.rstrip().endswith(("\\", "`"))]
    assert not any(added[added.index(line) + 1].lstrip().startswith("#") for line in joined)


def test_a_string_stays_what_it_is() -> None:
    source = Source("document.yaml", PYTHON)
    added = with_ignores(read(source), check(source, SETTINGS), "known").text
    assert "text = '''\n              {{ Name }}\n            '''" in added
