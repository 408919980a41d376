"""What git prints about changes is understood, and what it cannot tell is said."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssmlint.changes import _changed, changes_since
from ssmlint.errors import UserError
from ssmlint.rule import Finding, Problem, Rule, Severity
from ssmlint.source import Source, Span
from tests.programs import require_program
from tests.prose.running import ENVIRONMENT

RULE = Rule("SSM999", "any", Severity.INFO, Source, lambda _: iter(()), "")

DIFF = b"""\
diff --git a/old.yaml b/a.yaml
similarity index 90%
rename from old.yaml
rename to a.yaml
index 1..2 100644
--- a/old.yaml
+++ b/a.yaml
@@ -1 +1 @@ some: context
-a
+++ b/no-header.yaml
@@ -5,2 +4,0 @@
-x
-y
@@ -9,0 +8,3 @@
+diff --git a/x b/x
+@@ -1 +1 @@
+z
diff --git a/gone.yaml b/gone.yaml
deleted file mode 100644
--- a/gone.yaml
+++ /dev/null
@@ -1 +0,0 @@
-a
diff --git "a/\\303\\274 \\"q\\".yaml" "b/\\303\\274 \\"q\\".yaml"
--- "a/\\303\\274 \\"q\\".yaml"
+++ "b/\\303\\274 \\"q\\".yaml"
@@ -2 +2,2 @@
+1
+2
diff --git a/with blank b/with blank
--- a/with blank\t
+++ b/with blank\t
@@ -0,0 +1 @@
+1
diff --git a/picture b/picture
Binary files a/picture and b/picture differ
"""


def test_lines_of_a_difference() -> None:
    found = {os.path.relpath(path, "/root"): ranges for path, ranges in _changed(DIFF, "/root")}
    assert found == {
        "a.yaml": (range(1, 2), range(4, 6), range(8, 11)),
        'ü "q".yaml': (range(2, 4),),
        "with blank": (range(1, 2),),
    }


@given(st.binary(max_size=200))
def test_anything_else_does_no_harm(text: bytes) -> None:
    list(_changed(b"diff --git a/x b/x\n+++ b/x\n" + text, "/root"))


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    require_program("git", package="git")
    monkeypatch.chdir(tmp_path)
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "a.yaml").write_text("".join(f"line {n}\n" for n in range(1, 10)))
    for command in ("init -q", "add .", "commit -q -m first"):
        subprocess.run(["git", *command.split()], check=True, timeout=60)
    return tmp_path


def finding(path: str, first: int, last: int) -> Finding:
    """A finding from the start of one line to the end of another, both from 1."""
    text = Path(path).read_text()
    starts = [0, *(at + 1 for at, char in enumerate(text) if char == "\n")]
    span = Span(starts[first - 1], starts[last] - 1)
    return Finding(RULE, Source(path, text), Problem(span, "any"))


def test_any_line_of_a_finding_counts(repository: Path) -> None:
    text = (repository / "a.yaml").read_text().replace("line 5", "another")
    (repository / "a.yaml").write_text(text)
    changes = changes_since("HEAD")
    touched = [n for n in range(1, 10) if changes.touch(finding("a.yaml", n, n))]
    assert touched == [5]
    assert changes.touch(finding("a.yaml", 1, 9))
    assert not changes.touch(finding("a.yaml", 6, 9))
    assert not changes.touch(finding("a.yaml", 1, 4))


def test_links_lead_to_the_file(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "link.yaml").symlink_to("a.yaml")
    assert not changes_since("HEAD").touch(finding("link.yaml", 1, 1))


def test_without_git(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UserError, match="needs git"):
        changes_since("HEAD")


@pytest.mark.parametrize("revision", ["", "nope", "--all", "HEAD:a.yaml", "-", "a b", "HEAD~9"])
def test_what_is_no_revision(repository: Path, revision: str) -> None:
    with pytest.raises(UserError, match="knows no revision"):
        changes_since(revision)
