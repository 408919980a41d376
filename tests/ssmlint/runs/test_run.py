"""What is remembered is what would be found: never less, never older."""

from __future__ import annotations

import dataclasses
import importlib
import json
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ssmlint import clock, files, grouping
from ssmlint.files import File, Group
from ssmlint.globs import Glob
from ssmlint.model.document import SsmDocument
from ssmlint.model.pair import Handler, Pair
from ssmlint.packs import all_rules
from ssmlint.rule import Finding, Note, Problem, Rule, Severity
from ssmlint.runs import identity, keys
from ssmlint.runs.run import Run
from ssmlint.runs.store import Store
from ssmlint.settings import Settings
from ssmlint.source import EncodingProblem, Source, Span
from ssmlint.tree import Tree

BODY = "schemaVersion: '2.2'\nmainSteps: []\n"
HERE = Span(0, 3)

#: What the rules below have looked at, in their order.
looked: list[str] = []


def document(path: str = "freeze.yaml", text: str = BODY) -> Source:
    return Source(path, text)


def policy(*handlers: str, path: str = "policy.json") -> Source:
    scripts = [{"ExecutionHandler": handler} for handler in handlers]
    details = {
        "PolicyType": "EBS_SNAPSHOT_MANAGEMENT",
        "ResourceTypes": ["INSTANCE"],
        "Schedules": [{"CreateRule": {"Scripts": [script]}} for script in scripts],
    }
    return Source(path, json.dumps(details))


def _tree(tree: Tree) -> Iterator[Problem]:
    looked.append(tree.source.path)
    yield Problem(HERE, f"{len(tree.source.text)} characters in `{tree.source.path}`")


def _document(document: SsmDocument) -> Iterator[Problem]:
    yield Problem(HERE, f"document `{document.name}`")


def _pair(pair: Pair) -> Iterator[Problem]:
    document = pair.document
    note = Note(Span(0, len(document.source.text)), "the document", document.source)
    yield Problem(pair.script.label_span, f"calls `{document.source.path}`", (note,), (note,))


def _handler(handler: Handler) -> Iterator[Problem]:
    text = f"{handler.name}: {len(handler.documents)} of {', '.join(handler.known)}"
    yield Problem(handler.script.label_span, text)


def _clock(tree: Tree) -> Iterator[Problem]:
    yield Problem(HERE, f"{clock.now():%Y}")


def _crash(tree: Tree) -> Iterator[Problem]:
    yield Problem(HERE, "before")
    raise LookupError


def a_rule(id: str, on: type, check: Callable[..., Iterator[Problem]]) -> Rule:
    return Rule(id, f"rule-{id.lower()}", Severity.INFO, on, check, "")


TREE = a_rule("SSM991", Tree, _tree)
RULES = (
    TREE,
    a_rule("SSM992", SsmDocument, _document),
    a_rule("POL991", Pair, _pair),
    a_rule("POL992", Handler, _handler),
)
CLOCK = a_rule("SSM993", Tree, _clock)
CRASH = a_rule("SSM994", Tree, _crash)


@dataclasses.dataclass
class Runs:
    """Runs with one cache; each is compared with what is found without one."""

    folder: Path

    def __call__(
        self,
        *sources: Source,
        rules: tuple[Rule, ...] = RULES,
        settings: Settings | None = None,
        others: tuple[Source, ...] = (),
    ) -> list[str]:
        """The files that are looked at, of a run that finds what it has to."""
        settings = settings or Settings()
        expected = _found(sources, rules, settings, others, None)
        looked.clear()
        store = Store(str(self.folder))
        assert _found(sources, rules, settings, others, store) == expected
        return list(looked)


def _found(
    sources: tuple[Source, ...],
    rules: tuple[Rule, ...],
    settings: Settings,
    others: tuple[Source, ...],
    store: Store | None,
) -> list[Finding]:
    run = Run(store)
    groups = run.read([Group(tuple(map(File, sources)), rules, settings)])
    results = run.check(groups, tuple(map(File, others)))
    run.close()
    return files.in_order(results)


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Runs:
    monkeypatch.chdir(tmp_path)
    return Runs(tmp_path / "cache")


class TestTheSameAgain:
    @pytest.mark.parametrize(
        "sources",
        [
            [document()],
            [document("not-ours.yaml", "kind: Service\n")],
            [document("broken.yaml", BODY + "  - [")],
            [document("freeze.yaml", BODY + "---\n" + BODY)],
            [policy("freeze")],
            [policy("freeze"), document()],
            [policy("freeze", "thaw", "freeze"), document("thaw.yaml"), document()],
            [policy("freeze"), document("a/freeze.yaml"), document("b/freeze.yaml")],
            [document("latin.yaml", BODY + "# \xe4 \ud800\n")],
        ],
        ids=lambda sources: "+".join(source.path for source in sources),
    )
    def test_nothing_is_looked_at(self, runs: Runs, sources: list[Source]) -> None:
        runs(*sources)
        assert runs(*sources) == []

    def test_other_files_of_a_run_do_not_matter_to_a_document(self, runs: Runs) -> None:
        runs(document("a.yaml"))
        assert runs(document("b.yaml"), document("a.yaml")) == ["b.yaml"]

    def test_nor_do_documents_that_a_policy_does_not_call(self, runs: Runs) -> None:
        runs(policy("freeze"), document(), document("else.yaml"))
        assert runs(policy("freeze"), document(), document("else.yaml", BODY + "# new\n")) == [
            "else.yaml"
        ]


BASE = Settings(target_agent="3.0.0.0")
EFFECT = {"name": "ours", "kind": "probe", "commands": ["ours"], "source": "us"}


class TestAnythingElseIsLookedAtAgain:
    @pytest.mark.parametrize(
        "other",
        [
            document("freeze.yaml", BODY + " "),
            document("freeze.yml"),
            document("deep/freeze.yaml"),
            Source("freeze.yaml", BODY, "utf-16-le", True),
            Source("freeze.yaml", BODY, had_bom=True),
            Source("freeze.yaml", BODY, encoding_problem=EncodingProblem(3, "a byte")),
        ],
        ids=["text", "ending", "folder", "encoding", "mark", "problem"],
    )
    def test_another_file(self, runs: Runs, other: Source) -> None:
        runs(document())
        assert runs(other) == [other.path]

    @pytest.mark.parametrize(
        "settings",
        [
            Settings(),
            dataclasses.replace(BASE, select=("SSM",)),
            dataclasses.replace(BASE, extend_select=("SSM",)),
            dataclasses.replace(BASE, ignore=("SH",)),
            dataclasses.replace(BASE, effects=(EFFECT,)),
            dataclasses.replace(BASE, severity={"SSM991": Severity.ERROR}),
            dataclasses.replace(BASE, target_agent="3.1.0.0"),
        ],
        ids=repr,
    )
    def test_another_setting(self, runs: Runs, settings: Settings) -> None:
        runs(document(), settings=BASE)
        assert runs(document(), settings=settings) == ["freeze.yaml"]

    def test_what_is_ignored_for_its_path(self, runs: Runs, tmp_path: Path) -> None:
        everywhere, elsewhere = Glob("*.yaml", str(tmp_path)), Glob("*.json", str(tmp_path))
        runs(document())
        assert (
            runs(document(), settings=Settings(per_file_ignores=((elsewhere, ("SSM992",)),))) == []
        )
        ignored = Settings(per_file_ignores=((everywhere, ("SSM992",)),))
        assert runs(document(), settings=ignored) == ["freeze.yaml"]

    def test_another_rule(self, runs: Runs) -> None:
        runs(document())
        assert runs(document(), rules=RULES[:1]) == ["freeze.yaml"]

    def test_another_version(self, runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
        runs(document())
        monkeypatch.setattr(keys, "identity", lambda _: "another one")
        assert runs(document()) == ["freeze.yaml"]


class TestPolicies:
    """A policy is looked at when what it has to do with is not what it was."""

    def test_another_text_of_its_document(self, runs: Runs) -> None:
        runs(policy("freeze"), document())
        changed = document(text=BODY + "# new\n")
        assert sorted(runs(policy("freeze"), changed)) == ["freeze.yaml", "policy.json"]

    def test_its_document_comes_and_goes(self, runs: Runs) -> None:
        runs(policy("freeze"))
        assert "policy.json" in runs(policy("freeze"), document())
        assert runs(policy("freeze")) == []
        assert runs(policy("freeze"), document()) == []

    def test_a_second_document_of_the_name(self, runs: Runs) -> None:
        runs(policy("freeze"), document("a/freeze.yaml"))
        both = (document("a/freeze.yaml"), document("b/freeze.yaml"))
        assert "policy.json" in runs(policy("freeze"), *both)
        assert runs(policy("freeze"), document("a/freeze.yaml")) == []

    def test_a_document_nearer_to_it(self, runs: Runs) -> None:
        near, far = document("p/freeze.yaml"), document("freeze.yaml")
        caller = policy("freeze", path="p/policy.json")
        runs(caller, far)
        assert "p/policy.json" in runs(caller, far, near)

    def test_another_name_to_suggest(self, runs: Runs) -> None:
        runs(policy("freeze"), document("freese.yaml"))
        assert "policy.json" in runs(policy("freeze"), document("freexe.yaml"))

    def test_a_name_from_the_configuration(self, runs: Runs) -> None:
        settings = Settings(documents={"Freeze-It": "freeze.yaml"})
        runs(policy("Freeze-It"), document())
        assert runs(policy("Freeze-It"), document(), settings=settings) == ["policy.json"]
        assert runs(policy("Freeze-It"), document(), settings=settings) == []

    def test_a_document_that_is_not_checked_itself(self, runs: Runs) -> None:
        settings = Settings(documents={"Freeze-It": "freeze.yaml"})
        caller = policy("Freeze-It")
        runs(caller, settings=settings, others=(document(),))
        assert runs(caller, settings=settings, others=(document(),)) == []
        changed = document(text=BODY + "# new\n")
        assert runs(caller, settings=settings, others=(changed,)) == ["policy.json"]

    def test_only_the_policy_is_new(self, runs: Runs) -> None:
        """Its document is read for it, and nothing is said of that a second time."""
        runs(document())
        assert runs(policy("freeze"), document()) == ["policy.json"]


class TestHowFarItIs:
    """Whoever shows how far a run is hears of each file once, however its result comes."""

    SOURCES = (
        document(),
        document("a/thaw.yaml"),
        document("broken.yaml", BODY + "  - ["),
        document("not-ours.yaml", "kind: Service\n"),
        policy("freeze"),
    )

    @pytest.mark.parametrize("jobs", [1, 2])
    def test_each_file_once(self, tmp_path: Path, jobs: int) -> None:
        # Rules of the tests are not known to other processes.
        rules = all_rules()[:5] if jobs > 1 else RULES
        for _ in "cold", "remembered":
            told: list[File] = []
            run = Run(Store(str(tmp_path / "cache")), jobs, done=told.append)
            groups = run.read([Group(tuple(map(File, self.SOURCES)), rules, Settings())])
            run.check(grouping.worth_checking(groups, lambda _: True))
            assert sorted(f.source.path for f in told) == sorted(s.path for s in self.SOURCES)


class TestNotForTomorrow:
    def test_what_the_clock_says(self, runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
        runs(document(), rules=(CLOCK,))
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
        runs(document(), rules=(CLOCK,))

    def test_a_crash(self, runs: Runs) -> None:
        runs(document(), rules=(TREE, CRASH))
        assert runs(document(), rules=(TREE, CRASH)) == ["freeze.yaml"]

    def test_a_finding_about_a_file_that_has_nothing_to_do_with_it(self, runs: Runs) -> None:
        stranger = Source("stranger.yaml", "text")

        def check(tree: Tree) -> Iterator[Problem]:
            looked.append(tree.source.path)
            yield Problem(HERE, "see there", (Note(Span(0, 4), "there", stranger),))

        rule = a_rule("SSM995", Tree, check)
        runs(document(), rules=(rule,))
        assert runs(document(), rules=(rule,)) == ["freeze.yaml"]


SCRIPT = """\
schemaVersion: '2.2'
mainSteps:
  - action: aws:runShellScript
    name: a
    inputs: {runCommand: [ls $1]}
"""


class TestShellcheck:
    @pytest.fixture
    def program(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """A program in the place of shellcheck that finds nothing, and has a version."""
        path = tmp_path / "shellcheck"
        monkeypatch.setattr("ssmlint.shell.shellcheck.find_program", lambda: str(path))
        monkeypatch.setattr("ssmlint.external.find_program", lambda: str(path))
        return path

    def install(self, path: Path, version: str, answer: str = '{"comments": []}') -> None:
        path.write_text(
            f'#!/bin/sh\n[ "$1" = --version ] && echo "{version}" && exit\necho \'{answer}\'\n'
        )
        path.chmod(0o755)

    def test_its_version_counts(self, runs: Runs, program: Path) -> None:
        settings, source = Settings(shellcheck=True), Source("a.yaml", SCRIPT)
        self.install(program, "0.10.0")
        runs(source, settings=settings)
        assert runs(source, settings=settings) == []
        self.install(program, "0.11.0")
        assert runs(source, settings=settings) == ["a.yaml"]
        program.unlink()
        runs(source, settings=dataclasses.replace(settings, shellcheck=False))

    def test_its_failure_is_not_remembered(self, runs: Runs, program: Path) -> None:
        settings, source = Settings(shellcheck=True), Source("a.yaml", SCRIPT)
        self.install(program, "0.10.0", "out of order")
        runs(source, settings=settings)
        assert runs(source, settings=settings) == ["a.yaml"]


class TestIdentity:
    """What is running counts by its content."""

    @pytest.fixture
    def pack(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
        """A rule pack, installed so that its files can be edited."""
        site, code = tmp_path / "site", tmp_path / "code" / "acme_rules"
        info = site / "acme_rules-1.0.dist-info"
        info.mkdir(parents=True)
        code.mkdir(parents=True)
        (info / "entry_points.txt").write_text("[ssmlint.rules]\nacme = acme_rules\n")
        (code / "__init__.py").write_text("")
        (code / "table.toml").write_text("")
        monkeypatch.syspath_prepend(str(site))
        monkeypatch.syspath_prepend(str(code.parent))
        importlib.import_module("acme_rules")
        yield code
        del sys.modules["acme_rules"]

    @pytest.fixture
    def identified(self, tmp_path: Path) -> Callable[[], str]:
        return lambda: identity.identity(Store(str(tmp_path / "cache")))

    def test_it_is_the_same_twice(self, identified: Callable[[], str]) -> None:
        assert identified() == identified()

    def test_it_does_not_depend_on_the_cache(self, tmp_path: Path) -> None:
        one, other = (Store(str(tmp_path / name)) for name in "ab")
        assert identity.identity(one) == identity.identity(other)

    @pytest.mark.parametrize("name", ["__init__.py", "table.toml", "deep/new.py"])
    def test_an_edited_pack_is_another_one(
        self, pack: Path, identified: Callable[[], str], name: str
    ) -> None:
        before = identified()
        (pack / name).parent.mkdir(exist_ok=True)
        (pack / name).write_text("edited = 1\n")
        assert identified() != before

    def test_compiled_files_do_not_count(self, pack: Path, identified: Callable[[], str]) -> None:
        before = identified()
        (pack / "__pycache__").mkdir(exist_ok=True)
        (pack / "__pycache__" / "new.pyc").write_bytes(b"")
        assert identified() == before

    def test_when_a_file_was_written_does_not_count(
        self, pack: Path, identified: Callable[[], str]
    ) -> None:
        before = identified()
        shutil.copy(pack / "table.toml", pack / "copy")
        (pack / "copy").replace(pack / "table.toml")
        assert identified() == before

    def test_another_version_of_a_library(self, pack: Path, identified: Callable[[], str]) -> None:
        before = identified()
        site = pack.parents[1] / "site"
        (site / "some_parser-2.0.dist-info").mkdir()
        assert identified() != before
