"""`ssmlint check`: what is checked, what is said, with which exit status."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ssmlint import files
from ssmlint.model.document import Parameter, SsmDocument
from ssmlint.packs import RulePack, rule_packs
from ssmlint.rule import Problem, Rule, Severity, rule
from ssmlint.source import Source, Span
from ssmlint.tree import Tree
from tests.command import ssmlint

CLEAN = """\
schemaVersion: '2.2'
description: says hello
mainSteps:
  - {action: aws:runShellScript, name: hello, inputs: {runCommand: [echo hello]}}
"""
TWICE = CLEAN + CLEAN.splitlines()[-1] + "\n"


@rule("SSM901", "advice", Severity.INFO, on=SsmDocument)
def advice(document: SsmDocument) -> Iterator[Problem]:
    yield Problem(Span(0, 13), "some advice")


@rule("SSM902", "caution", Severity.WARNING, on=SsmDocument, default=False)
def caution(document: SsmDocument) -> Iterator[Problem]:
    yield Problem(Span(0, 13), "some caution")


@rule("SSM903", "crash", Severity.INFO, on=SsmDocument, default=False)
def crash(document: SsmDocument) -> Iterator[Problem]:
    yield Problem(Span(0, 13), "said before the crash")
    raise LookupError("no such thing")


@rule("SSM904", "parameters", Severity.INFO, on=Parameter)
def parameters(parameter: Parameter) -> Iterator[Problem]:
    yield Problem(parameter.key.span, f"parameter `{parameter.name}`")


RULES: tuple[Rule, ...] = (advice, caution, crash, parameters)


@pytest.fixture(autouse=True)
def in_a_directory_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def own_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rules above in place of the installed ones."""
    use_packs(monkeypatch, RulePack("own", RULES))


def use_packs(monkeypatch: pytest.MonkeyPatch, *packs: RulePack) -> None:
    rules = tuple(rule for pack in packs for rule in pack.rules)
    monkeypatch.setattr("ssmlint.cli.check.rule_packs", lambda: packs)
    monkeypatch.setattr("ssmlint.cli.check.all_rules", lambda: rules)


def write(name: str, text: str) -> str:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return name


class TestStatus:
    def test_clean(self) -> None:
        result = ssmlint("check", write("clean.yaml", CLEAN), "--select", "SSM301")
        assert (result.status, result.out, result.err) == (0, "Nothing found in 1 file\n", "")

    def test_an_error(self) -> None:
        result = ssmlint("check", write("twice.yaml", TWICE), "--select", "SSM301")
        assert result.status == 1
        assert result.out.endswith("\n\nFound 1 error in 1 file\n")

    @pytest.mark.usefixtures("own_rules")
    def test_a_warning(self) -> None:
        assert ssmlint("check", write("a.yaml", CLEAN), "--select", "caution").status == 1

    @pytest.mark.usefixtures("own_rules")
    def test_advice_alone_is_clean(self) -> None:
        result = ssmlint("check", write("a.yaml", CLEAN))
        assert result.status == 0
        assert "Found 1 info in 1 file" in result.out

    def test_exit_zero(self) -> None:
        arguments = ("--select", "SSM301", "--exit-zero")
        assert ssmlint("check", write("twice.yaml", TWICE), *arguments).status == 0

    def test_exit_zero_does_not_hide_that_there_is_no_result(self) -> None:
        assert ssmlint("check", "missing.yaml", "--exit-zero").status == 2


class TestWhatIsChecked:
    def test_the_current_directory_by_default(self) -> None:
        write("twice.yaml", TWICE)
        write("below/twice.json", "{}")
        result = ssmlint("check", "--select", "SSM301", "--output-format", "concise")
        assert [line.partition(":")[0] for line in result.out.splitlines()] == ["twice.yaml"]

    def test_paths_and_options_in_any_order(self) -> None:
        write("a.yaml", CLEAN)
        write("b.yaml", CLEAN)
        result = ssmlint("check", "a.yaml", "--select", "SSM301", "b.yaml", "-q", "--", "a.yaml")
        assert (result.status, result.out, result.err) == (0, "", "")

    def test_a_missing_file_is_named_and_the_others_are_checked(self) -> None:
        result = ssmlint("check", "missing.yaml", write("twice.yaml", TWICE), "--select", "SSM301")
        assert result.status == 2
        assert result.err == "ssmlint: error: missing.yaml: No such file or directory\n"
        assert "Found 1 error in 1 file" in result.out

    def test_the_name_of_a_file_does_not_reach_the_terminal_as_it_is(self) -> None:
        result = ssmlint("check", "\x1b[31mmissing\n.yaml")
        assert result.err == (
            "ssmlint: error: \\x1b[31mmissing\\n.yaml: No such file or directory\n"
        )

    def test_a_directory_in_a_directory_is_walked(self) -> None:
        write("documents/deep/twice", TWICE)
        result = ssmlint("check", "documents", "--select", "SSM301", "--output-format", "json")
        assert [f["path"] for f in result.json["findings"]] == ["documents/deep/twice"]

    def test_nothing_to_check_is_said_once(self) -> None:
        write("values.yaml", "replicas: 2\n")
        result = ssmlint("check", "values.yaml", write("empty.json", ""))
        assert (result.status, result.out) == (0, "")
        assert result.err == "ssmlint: no SSM document or policy in 2 files\n"

    def test_quiet_says_nothing_of_it(self) -> None:
        assert ssmlint("check", "-q").err == ""

    def test_program_sources_that_quote_a_document_are_no_broken_documents(self) -> None:
        write("quoting.py", f'TEXT = """\n{TWICE}"""\n\tpass: [\n')
        assert "no SSM document" in ssmlint("check").err

    def test_a_file_that_is_named_is_meant(self) -> None:
        assert "no SSM document" not in ssmlint("check", write("document.txt", TWICE)).err


class TestStandardInput:
    def test_dash(self) -> None:
        arguments = ("--select", "SSM301", "--output-format", "json")
        result = ssmlint("check", "-", *arguments, stdin=TWICE.encode())
        assert [f["path"] for f in result.json["findings"]] == ["<stdin>"]

    @pytest.mark.parametrize("dash", [(), ("-",)])
    def test_its_name(self, dash: tuple[str, ...]) -> None:
        arguments = ("--select", "SSM301", "--output-format", "concise")
        name = ("--stdin-filename", "documents/a.yaml")
        result = ssmlint("check", *dash, *name, *arguments, stdin=TWICE.encode())
        assert result.out.startswith("documents/a.yaml:5:40: error SSM301 duplicate-step-name: ")

    def test_its_name_says_how_to_read_it(self) -> None:
        text = b'{\n\t"schemaVersion": "2.2",\n\t"mainSteps": []\n}\n'
        result = ssmlint("check", "--stdin-filename", "a.json", "--select", "SSM301", stdin=text)
        assert result.out == "Nothing found in 1 file\n"

    def test_a_name_for_nothing_is_wrong_use(self) -> None:
        result = ssmlint("check", write("a.yaml", CLEAN), "--stdin-filename", "b.yaml")
        assert (result.status, result.out) == (2, "")
        assert "`--stdin-filename` is of no use without `-`" in result.err

    def test_nothing_in_it(self) -> None:
        result = ssmlint("check", "-")
        assert (result.status, result.err) == (0, "ssmlint: no SSM document or policy in 1 file\n")


@pytest.mark.usefixtures("own_rules")
class TestSelection:
    @pytest.mark.parametrize(
        ("arguments", "names"),
        [
            ("", ["advice"]),
            ("--select caution", ["caution"]),
            ("--select caution,SSM901", ["advice", "caution"]),
            ("--select caution --select advice", ["advice", "caution"]),
            ("--extend-select caution", ["advice", "caution"]),
            ("--ignore advice", []),
            ("--select SSM --ignore crash,SSM901", ["caution"]),
        ],
    )
    def test_options(self, arguments: str, names: list[str]) -> None:
        path = write("a.yaml", CLEAN)
        result = ssmlint("check", path, "--output-format", "json", *arguments.split())
        assert result.found == names


class TestInternalErrors:
    @pytest.mark.usefixtures("own_rules")
    def test_a_crash_is_one_finding_and_the_other_rules_run(self) -> None:
        path = write("a.yaml", CLEAN)
        result = ssmlint("check", path, "--extend-select", "crash", "--output-format", "json")
        assert result.status == 2
        assert sorted(result.found) == ["advice", "crash", "internal-error"]
        (message,) = (
            finding["message"]
            for finding in result.json["findings"]
            if finding["name"] == "internal-error"
        )
        assert message.startswith(
            "rule `crash` crashed: LookupError: no such thing (test_check.py:"
        )

    def test_a_pack_that_does_not_load_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        broken = RulePack("ours", (advice,), ("`ours.rules`: SyntaxError: invalid syntax",))
        use_packs(monkeypatch, broken)
        result = ssmlint("check", write("a.yaml", CLEAN))
        assert result.status == 2
        assert result.err == (
            "ssmlint: error: rule pack `ours` is not complete: "
            "`ours.rules`: SyntaxError: invalid syntax\n"
        )
        assert "some advice" in result.out

    def test_a_crash_while_reading_is_named_and_the_other_files_are_checked(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def parse(source: Source) -> Tree:
            if source.path == "a.yaml":
                raise LookupError("no such thing")
            return real(source)

        real = files.parse
        monkeypatch.setattr(files, "parse", parse)
        paths = (write("a.yaml", CLEAN), write("b.yaml", TWICE))
        result = ssmlint("check", *paths, "--select", "SSM301")
        assert result.status == 2
        assert result.err.startswith("ssmlint: error: a.yaml: internal error: LookupError: ")
        assert "Found 1 error in 1 file" in result.out

    def test_no_pack_at_all_is_no_clean_result(self, monkeypatch: pytest.MonkeyPatch) -> None:
        use_packs(monkeypatch)
        result = ssmlint("check", write("a.yaml", CLEAN))
        assert result.status == 2
        assert result.err == "ssmlint: error: no rule pack is installed; is ssmlint itself?\n"

    def test_the_installed_packs_load(self) -> None:
        assert "builtin" in [pack.name for pack in rule_packs()]
        assert not [failure for pack in rule_packs() for failure in pack.failures]


class TestColor:
    ESCAPE = "\x1b["

    def out(self) -> str:
        return ssmlint("check", write("twice.yaml", TWICE), "--select", "SSM301").out

    def test_none_where_it_is_no_terminal(self) -> None:
        assert self.ESCAPE not in self.out()

    def test_forced(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("FORCE_COLOR", "1")
        assert self.ESCAPE in self.out()

    def test_no_color_wins(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("FORCE_COLOR", "1")
        monkeypatch.setenv("NO_COLOR", "1")
        assert self.ESCAPE not in self.out()


def test_behind_two_hyphens_everything_is_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "-twice.yaml").write_text(TWICE, encoding="utf-8")
    result = ssmlint("check", "--no-cache", "--output-format", "concise", "--", "-twice.yaml")
    assert (result.status, result.err) == (1, "")
    assert result.out.startswith("-twice.yaml:5:")
    assert "`-x`" in ssmlint("completion", "--", "-x").err
    assert "-: " not in ssmlint("check", "--", "-", "--nope").err
    assert ssmlint("check", "--nope", "--", "-twice.yaml").err.startswith(
        "ssmlint: error: unknown option `--nope`"
    )
