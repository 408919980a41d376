"""`ssmlint check --fix`, `--diff`, `--fix-only`: what is written, printed and returned."""

from __future__ import annotations

import io
import json
import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from ssmlint.cli import main, writing
from ssmlint.errors import UserError
from ssmlint.source import decode
from tests.command import ssmlint

SAFE = """\
schemaVersion: 2.2  # as a number
description: Grüße 😀
mainSteps:
  - action: aws:runShellScript
    name: hello
    inputs:
      timeoutSeconds: '60'
      runCommand: [echo hello]
"""
UNSAFE = SAFE.replace("2.2", "'2.2'").replace("[echo hello]", "[targte=1, 'echo \"$target\"']")
UNSAFE = UNSAFE.replace("targte=1", "target_name=1")
UNSAFE = UNSAFE.replace("$target\\", "$target_nam\\").replace('"$target"', '"$target_nme"')
BOTH = UNSAFE.replace("'2.2'", "2.2")
LEFT = SAFE.replace("name: hello", "name: hello\n    colour: red")


@pytest.fixture(autouse=True)
def in_a_directory_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(text: str, name: str = "a.yaml", encoding: str = "utf-8") -> Path:
    path = Path(name)
    path.write_bytes(text.encode(encoding))
    return path


def fixed(text: str) -> str:
    return text.replace("2.2", "'2.2'", 1)


class TestFix:
    def test_what_is_safe_is_written(self) -> None:
        path = write(SAFE)
        result = ssmlint("check", "--fix")
        assert result.out == "Found 1 finding in 1 file (1 fixed, none remaining)\n"
        assert (result.status, result.err) == (0, "")
        assert path.read_bytes() == fixed(SAFE).encode()
        assert ssmlint("check", "--fix").out == "Nothing found in 1 file\n"

    def test_what_is_left_is_reported_where_it_is_now(self) -> None:
        write("# one\n" + LEFT)
        result = ssmlint("check", "--fix", "--output-format", "json")
        assert result.status == 1
        assert result.found == ["unknown-key"]
        assert result.json["summary"]["fixed"] == 1
        assert result.json["findings"][0]["start"]["offset"] == fixed("# one\n" + LEFT).index(
            "colour"
        )

    def test_unsafe_ones_are_mentioned_and_made_when_asked_for(self) -> None:
        path = write(BOTH)
        assert ssmlint("check").out.endswith("1 fixable with --fix, 1 more with --unsafe-fixes\n")
        assert ssmlint("check", "--unsafe-fixes").out.endswith("2 fixable with --fix\n")
        assert "--unsafe-fixes" not in ssmlint("check", "--no-unsafe-fixes").out
        result = ssmlint("check", "--fix")
        assert "Found 2 findings in 1 file (1 fixed, 1 remaining: 1 warning)\n" in result.out
        assert result.out.endswith("1 fixable with --fix --unsafe-fixes, to be looked at\n")
        assert path.read_text() == fixed(BOTH)
        assert ssmlint("check", "--fix", "--unsafe-fixes").status == 0
        assert path.read_text() == fixed(BOTH).replace("target_nme", "target_name")

    def test_only(self) -> None:
        path = write(LEFT)
        result = ssmlint("check", "--fix-only")
        assert (result.status, result.out, result.err) == (0, "Fixed 1 finding in 1 file\n", "")
        assert path.read_text() == fixed(LEFT)
        assert ssmlint("check", "--fix-only").out == "Nothing to fix\n"
        assert ssmlint("check", "--fix-only", "--quiet").out == ""

    def test_the_exit_status_may_say_that_something_was_mended(self) -> None:
        for option in ("--fix", "--fix-only"):
            write(SAFE)
            assert ssmlint("check", option, "--exit-non-zero-on-fix").status == 1
            assert ssmlint("check", option, "--exit-non-zero-on-fix").status == 0
        write(SAFE)
        assert ssmlint("check", "--fix", "--exit-non-zero-on-fix", "--exit-zero").status == 0

    def test_several_files_and_those_that_need_nothing(self) -> None:
        write(SAFE, "a.yaml")
        write(SAFE, "b.yaml")
        whole = write(fixed(SAFE), "c.yaml")
        before = whole.stat().st_mtime_ns
        assert "Found 2 findings in 3 files (2 fixed," in ssmlint("check", "--fix").out
        assert whole.stat().st_mtime_ns == before

    def test_what_a_comment_suppresses_stays(self) -> None:
        name = "schema-version-not-a-string"
        path = write(SAFE.replace("# as a number", f"# ssmlint: ignore[{name}]"))
        before = path.read_bytes()
        assert ssmlint("check", "--fix").out == "Nothing found in 1 file\n"
        assert path.read_bytes() == before

    def test_what_a_baseline_knows_stays(self) -> None:
        path = write(SAFE)
        ssmlint("check", "--write-baseline", "--baseline", "known.json")
        text = "# new\n" + SAFE.replace("name: hello", "name: hello\n    timeoutSecond: 60")
        path.write_text(text)
        result = ssmlint("check", "--fix-only", "--unsafe-fixes", "--baseline", "known.json")
        assert (result.status, result.out) == (0, "Fixed 1 finding in 1 file\n")
        assert "schemaVersion: 2.2" in path.read_text()
        assert "timeoutSeconds: 60" in path.read_text()

    def test_a_policy_is_looked_at_with_the_document_that_changes(self) -> None:
        """The policy says nothing of the document as long as it is none for DLM."""
        write(DOCUMENT, "freeze.yaml")
        write(json.dumps(policy("freeze")), "policy.json")
        result = ssmlint("check", "--fix", "--unsafe-fixes", "--select", "DLM001,POL702,POL703")
        assert result.status == 0, result.out
        assert "  command:\n" in Path("freeze.yaml").read_text()

    def test_two_configurations(self) -> None:
        Path("one").mkdir()
        write(SAFE, "one/a.yaml")
        write(SAFE, "b.yaml")
        Path("one/ssmlint.toml").write_text('unfixable = ["SSM105"]')
        ssmlint("check", "--fix")
        assert Path("one/a.yaml").read_text() == SAFE
        assert Path("b.yaml").read_text() == fixed(SAFE)


DOCUMENT = """\
schemaVersion: '2.2'
parameters:
  operation:
    type: String
    allowedValues: [pre-script, post-script, dry-run]
  executionId: {type: String}
mainSteps:
  - action: aws:runShellScript
    name: freeze
    inputs:
      timeoutSeconds: '60'
      runCommand: ['stage={{ operation }}']
"""


def policy(document: str) -> dict[str, object]:
    scripts = [{"ExecutionHandler": document, "Stages": ["PRE", "POST"]}]
    schedule = {
        "Name": "nightly",
        "CreateRule": {"CronExpression": "cron(0 3 * * ? *)", "Scripts": scripts},
        "RetainRule": {"Count": 7},
    }
    return {
        "PolicyType": "EBS_SNAPSHOT_MANAGEMENT",
        "ResourceTypes": ["INSTANCE"],
        "TargetTags": [{"Key": "a", "Value": "b"}],
        "Schedules": [schedule],
    }


class TestConfiguration:
    def test_fix_is_as_if_it_stood_on_the_command_line(self) -> None:
        path = write(SAFE)
        Path("ssmlint.toml").write_text("fix = true")
        assert ssmlint("check", "--no-fix").status == 1
        assert ssmlint("check", "--show-files").out == "a.yaml\n"
        assert path.read_text() == SAFE
        assert ssmlint("check").status == 0
        assert path.read_text() == fixed(SAFE)

    @pytest.mark.parametrize("option", ["--add-ignores", "--write-baseline", "--diff"])
    def test_it_gives_way_to_what_writes_something_else(self, option: str) -> None:
        path = write(SAFE)
        Path("ssmlint.toml").write_text("fix = true")
        ssmlint("check", option)
        assert path.read_text().startswith("schemaVersion: 2.2") or option == "--add-ignores"
        assert "'2.2'" not in path.read_text()

    def test_unsafe_fixes(self) -> None:
        path = write(BOTH)
        Path("ssmlint.toml").write_text("unsafe-fixes = true")
        ssmlint("check", "--fix", "--no-unsafe-fixes")
        assert path.read_text() == fixed(BOTH)
        ssmlint("check", "--fix")
        assert path.read_text() == fixed(BOTH).replace("target_nme", "target_name")
        path.write_text(BOTH)
        Path("ssmlint.toml").write_text("unsafe-fixes = false")
        assert "--unsafe-fixes" not in ssmlint("check").out

    @pytest.mark.parametrize(
        ("table", "schema_version", "variable"),
        [
            ('unfixable = ["SSM105"]', False, False),
            ('fixable = ["SH"]', False, False),
            ('fixable = ["SSM105", "SH"]', True, False),
            ('unfixable = ["SSM"]\nfixable = ["SSM105"]', True, False),
            ('extend-safe-fixes = ["undefined-variable"]', True, True),
            ('extend-safe-fixes = ["SH1"]\nextend-unsafe-fixes = ["SH101"]', True, False),
            ('extend-safe-fixes = ["SH1"]\nextend-unsafe-fixes = ["SH1"]', True, False),
            ('extend-safe-fixes = ["SH101"]\nextend-unsafe-fixes = ["ALL"]', False, True),
            ('extend-unsafe-fixes = ["SSM105"]', False, False),
        ],
    )
    def test_which_rules(self, table: str, schema_version: bool, variable: bool) -> None:
        path = write(BOTH)
        Path("ssmlint.toml").write_text(table)
        ssmlint("check", "--fix")
        text = path.read_text()
        assert ("'2.2'" in text, "$target_name" in text) == (schema_version, variable)

    def test_a_fix_that_is_not_wanted_is_not_shown(self) -> None:
        write(SAFE)
        assert "fix:" in ssmlint("check").out
        result = ssmlint("check", "--unfixable", "SSM105")
        assert "fix:" not in result.out
        assert "fixable" not in result.out
        assert "unknown rule `SSM1O5` in --unfixable" in ssmlint("check", "--unfixable=SSM1O5").err


class TestDiff:
    def test_nothing_is_written(self) -> None:
        path = write(BOTH)
        result = ssmlint("check", "--diff")
        assert result.status == 1
        assert result.out == (
            "--- a.yaml\n"
            "+++ a.yaml\n"
            "@@ -1,4 +1,4 @@\n"
            "-schemaVersion: 2.2  # as a number\n"
            "+schemaVersion: '2.2'  # as a number\n"
            " description: Grüße 😀\n"
            " mainSteps:\n"
            "   - action: aws:runShellScript\n"
        )
        assert result.err == "Would fix 1 finding in 1 file (1 more with --unsafe-fixes)\n"
        assert path.read_text() == BOTH

    def test_nothing_to_change(self) -> None:
        write(UNSAFE)
        result = ssmlint("check", "--diff")
        assert (result.status, result.out) == (0, "")
        assert result.err == "Nothing to fix (1 more with --unsafe-fixes)\n"

    @pytest.mark.parametrize(
        "data",
        [
            SAFE.encode(),
            SAFE.rstrip("\n").encode(),
            SAFE.replace("\n", "\r\n").encode(),
            b"\xef\xbb\xbf" + SAFE.encode(),
            SAFE.replace("Grüße 😀", "'\u2028 \x85 \xa0'").encode(),
        ],
    )
    @pytest.mark.parametrize("name", ["a.yaml", "with a blank.yaml"])
    def test_patch_takes_it(self, data: bytes, name: str) -> None:
        if shutil.which("patch") is None:
            pytest.skip("patch is not installed")
        path = Path(name)
        path.write_bytes(data)
        printed = ssmlint("check", name, "--diff").out
        ended = subprocess.run(
            ["patch", "--binary", "-p0"], input=printed.encode(), capture_output=True, check=False
        )
        assert (ended.returncode, ended.stderr) == (0, b"")
        assert path.read_bytes() == data.replace(b"2.2", b"'2.2'")

    def test_a_terminal_gets_colours_and_no_escapes_of_the_file(self) -> None:
        write(SAFE.replace("Grüße", "'\x1b'").replace("# as a", "# \x1b[31m"), "a.yaml")
        write(SAFE.replace("# as a", "# \u202e"), "b.yaml")
        out = _Terminal()
        main(["check", "b.yaml", "--diff"], io.BytesIO(), out, io.StringIO())
        assert "\x1b[31m-schemaVersion: 2.2  # \\u202e number\x1b[0m\n" in out.getvalue()


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class TestStandardInput:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
    def test_the_text_comes_out_and_the_findings_beside_it(self, encoding: str) -> None:
        out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
        data = LEFT.replace("\n", "\r\n").encode(encoding)
        status = main(["check", "--fix", "-"], io.BytesIO(data), out, err)
        out.flush()
        assert out.buffer.getvalue() == fixed(LEFT).replace("\n", "\r\n").encode(encoding)
        assert status == 1
        assert "Found 2 findings in 1 file (1 fixed, 1 remaining: 1 warning)\n" in err.getvalue()

    @pytest.mark.parametrize("text", ["", "no document\n", fixed(SAFE), "schemaVersion: [\n"])
    def test_what_needs_no_fix_comes_out_as_it_is(self, text: str) -> None:
        result = ssmlint("check", "--fix-only", "-", stdin=text.encode())
        assert result.out == text

    @pytest.mark.parametrize("text", [SAFE, SAFE.replace("ü", "\xff"), "none\n"])
    def test_bytes_that_are_no_text_come_out_as_they_are(self, text: str) -> None:
        out = io.TextIOWrapper(io.BytesIO(), "utf-8")
        data = text.encode("latin-1", "replace") + b"# \xff"
        main(["check", "--fix", "-"], io.BytesIO(data), out, io.StringIO())
        out.flush()
        assert out.buffer.getvalue() == data.replace(b"2.2", b"'2.2'")

    def test_diff(self) -> None:
        result = ssmlint(
            "check", "--diff", "-", "--stdin-filename", "x/y.yaml", stdin=SAFE.encode()
        )
        assert result.out.startswith("--- x/y.yaml\n+++ x/y.yaml\n@@ ")
        assert result.status == 1

    def test_files_beside_it_are_written(self) -> None:
        path = write(SAFE)
        result = ssmlint("check", "--fix", "-", "a.yaml", stdin=SAFE.encode())
        assert result.out == fixed(SAFE)
        assert path.read_text() == fixed(SAFE)


class TestWrongUse:
    @pytest.mark.parametrize("option", ["--fix", "--diff", "--fix-only"])
    @pytest.mark.parametrize(
        "other", ["--watch", "--write-baseline", "--prune-baseline", "--add-ignores"]
    )
    def test_what_writes_or_waits(self, option: str, other: str) -> None:
        path = write(SAFE)
        result = ssmlint("check", option, other)
        assert result.status == 2
        assert f"`{option}` and `{other}` exclude each other" in result.err
        assert path.read_text() == SAFE

    @pytest.mark.parametrize("option", ["--diff", "--fix-only"])
    @pytest.mark.parametrize(
        "other", ["--output-format=json", "--statistics", "--output-file=x.txt"]
    )
    def test_reports_that_there_are_none_of(self, option: str, other: str) -> None:
        result = ssmlint("check", option, other)
        assert result.status == 2
        assert f"`{option}` prints no report that `{other.partition('=')[0]}` is for" in result.err


class TestWriting:
    """What is not the text stays as it is."""

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
    @pytest.mark.parametrize("text", [SAFE, SAFE.rstrip("\n"), SAFE.replace("\n", "\r\n")])
    def test_encoding_mark_and_line_ends(self, encoding: str, text: str) -> None:
        path = write(text, encoding=encoding)
        assert ssmlint("check", "a.yaml", "--fix").status == 0
        assert path.read_bytes() == fixed(text).encode(encoding)

    def test_mode(self) -> None:
        path = write(SAFE)
        path.chmod(0o640)
        ssmlint("check", "--fix")
        assert path.read_text() == fixed(SAFE)
        assert stat.S_IMODE(path.stat().st_mode) == 0o640
        assert os.listdir() == ["a.yaml"]

    def test_symbolic_links(self) -> None:
        Path("real").mkdir()
        path = write(SAFE, "real/a.yaml")
        Path("link.yaml").symlink_to("real/a.yaml")
        ssmlint("check", "link.yaml", "--fix")
        assert Path("link.yaml").is_symlink()
        assert path.read_text() == fixed(SAFE)

    def test_hard_links(self) -> None:
        path = write(SAFE)
        os.link(path, "b.yaml")
        ssmlint("check", "a.yaml", "--fix")
        assert Path("b.yaml").read_text() == fixed(SAFE)
        assert path.samefile("b.yaml")

    def test_attributes(self) -> None:
        path = write(SAFE)
        try:
            os.setxattr(path, "user.note", b"keep")
        except (AttributeError, OSError):
            pytest.skip("no extended attributes here")
        ssmlint("check", "--fix")
        assert path.read_text() == fixed(SAFE)
        assert os.getxattr(path, "user.note") == b"keep"

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
    def test_a_file_that_may_not_be_written(self) -> None:
        path = write(SAFE)
        path.chmod(0o444)
        result = ssmlint("check", "--fix")
        assert (result.status, path.read_text()) == (2, SAFE)
        assert "cannot write `a.yaml`" in result.err

    def test_no_access_is_a_failure_of_the_run(self, monkeypatch: pytest.MonkeyPatch) -> None:
        path = write(SAFE)
        monkeypatch.setattr(os, "access", lambda *_: False)
        result = ssmlint("check", "--fix")
        assert (result.status, path.read_text()) == (2, SAFE)
        assert "ssmlint: error: cannot write `a.yaml`: it is not writable\n" in result.err

    def test_a_file_that_has_changed_meanwhile(self) -> None:
        path = write(SAFE)
        source = decode(path.read_bytes(), "a.yaml")
        path.write_text("mine")
        with pytest.raises(UserError, match="has changed since it was read"):
            writing.replace_text(source, "yours")
        assert path.read_text() == "mine"

    def test_nothing_is_there_in_half(self, monkeypatch: pytest.MonkeyPatch) -> None:
        path = write(SAFE)

        def interrupt(*_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(os, "replace", interrupt)
        with pytest.raises(KeyboardInterrupt):
            ssmlint("check", "--fix")
        assert path.read_text() == SAFE
        assert os.listdir() == ["a.yaml"]

    def test_a_character_that_the_encoding_does_not_have(self) -> None:
        path = write("a: ü", encoding="latin-1")
        source = decode(path.read_bytes(), "a.yaml")
        with pytest.raises(UserError, match="cannot write"):
            writing.replace_text(source, "😀")
        assert path.read_bytes() == "a: ü".encode("latin-1")
