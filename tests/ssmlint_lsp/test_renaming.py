"""Renaming is right in every form, or refused with a reason."""

from __future__ import annotations

import pytest

from ssmlint.editing import edited
from ssmlint.engine import Facts
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.tree import plain
from ssmlint_lsp.names.finding import names_of
from ssmlint_lsp.renaming import CannotRename, prepare, rename
from tests.ssmlint_lsp.test_names import AUTOMATION
from tests.ssmlint_lsp.writing import (
    FORMS,
    SCRIPT,
    at_cursor,
    data,
    facts_of,
    literal,
    offset_of,
)


def renamed(text: str, snippet: str, new: str, inside: str | None = None, count: int = 1) -> str:
    facts = facts_of(text)
    return edited(text, rename(facts, offset_of(text, snippet, inside, count), new))


def root_of(facts: Facts) -> object:
    (root,) = facts.file.tree.roots
    return plain(root)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("name", "new", "old_script", "new_script"),
    [
        ("STATE", "FILE", ["STATE=", '$STATE"', '"$STATE '], ["FILE=", '$FILE"', '"$FILE ']),
        ("freeze", "hold", ["freeze() {", '    freeze "'], ["hold() {", '    hold "']),
        ("folder", "where", ["{{ folder }}"], ["{{ where }}"]),
    ],
)
def test_only_the_name_changes_in_every_form(
    form: str, name: str, new: str, old_script: list[str], new_script: list[str]
) -> None:
    write = FORMS[form]
    text = write(SCRIPT)
    facts = facts_of(text)
    (subject,) = (found for found in names_of(facts) if found.text == name)
    expected = SCRIPT
    for old, fresh in zip(old_script, new_script, strict=True):
        expected = expected.replace(old, fresh)
    for occurrence in subject.occurrences:
        after = edited(text, rename(facts, occurrence.span.start, new))
        (shell,) = facts_of(after).of(ShellScript)
        (before,) = facts.of(ShellScript)
        assert len(after) == len(text) + len(subject.occurrences) * (len(new) - len(name))
        if form != "single":  # which has no way to write a line that begins with a space
            assert before.script.text.rstrip() == SCRIPT.rstrip()
            assert shell.script.text.rstrip() == expected.rstrip()
    if name != "folder" and form in ("json", "escaped"):
        assert root_of(facts_of(after)) == data(expected)


def test_a_local_variable_is_renamed_in_its_function_only() -> None:
    after = renamed(literal(), '"$mount" ||', "where", "mount")
    assert 'local where=$1 code\n            fsfreeze -f "$where"' in after
    assert 'for mount in {{ folder }} /data; do\n            freeze "$mount"' in after


def test_a_parameter_is_renamed_where_scripts_read_it_from_the_environment() -> None:
    text = literal('#!/bin/bash\necho "$SSM_folder" {{folder}}\n').replace(
        "default: /data", "default: /data\n    interpolationType: ENV_VAR"
    )
    after = renamed(text, "$SSM_folder", "path", "folder")
    assert 'echo "$SSM_path" {{path}}' in after
    assert "\n  path:\n" in after
    # The description is never replaced, so that it names nothing.
    assert "{{ folder }} is no reference here" in after


def test_automation() -> None:
    after = renamed(AUTOMATION, "step:clean", "tidy", "clean")
    assert after == AUTOMATION.replace("clean", "tidy")
    assert renamed(AUTOMATION, "- name: find", "search", "find") == (
        AUTOMATION.replace("find", "search")
    )
    after = renamed(AUTOMATION, "variable:Count }}", "Turns", "Count")
    assert after == AUTOMATION.replace("Count", "Turns")
    after = renamed(AUTOMATION, "find.State\n", "Phase", "State")
    assert after == AUTOMATION.replace("State", "Phase")


def test_what_would_be_read_as_a_number_is_quoted() -> None:
    text = AUTOMATION.replace('"{{ find.State }}"', "running")
    after = renamed(text, "nextStep: choose", "2024", "choose")
    assert "nextStep: '2024'\n" in after
    assert "- name: '2024'\n" in after
    assert "- name: 'on'\n" in renamed(text, "- name: count", "on", "count")
    assert '"name": "123"' in renamed(FORMS["json"](SCRIPT), '"freeze_it"', "123", "freeze_it")


def test_the_same_name_needs_no_edit() -> None:
    assert renamed(literal(), "freeze()", "freeze") == literal()


def refused(text: str, snippet: str, new: str, inside: str | None = None) -> str:
    with pytest.raises(CannotRename) as error:
        renamed(text, snippet, new, inside)
    return str(error.value)


def script(text: str) -> str:
    return literal(f"#!/bin/bash\n{text}\n")


@pytest.mark.parametrize(
    ("text", "snippet", "inside", "new", "reason"),
    [
        (literal(), "  folder:", "folder", "a-b", "is no name for a parameter"),
        (literal(), "  folder:", "folder", "2nd", "is no name for a parameter"),
        (literal(), "  folder:", "folder", "command", "there is a parameter of that name (line 4)"),
        (literal(), "  command:", "command", "stage", "passes `command` by this very name"),
        (literal(), "freeze_it", None, "freeze it", "is no name for a step"),
        (literal(), "STATE=", None, "1st", "is no name for a variable"),
        (literal(), "STATE=", None, "mount", "there is a variable of that name"),
        (literal(), "STATE=", None, "PATH", "the environment may have a variable of that name"),
        (literal(), "freeze()", None, "fsfreeze", "has a command of that name"),
        (literal(), "freeze()", None, "done", "has a command of that name"),
        (literal(), "/run/", None, "x", "Nothing with a name of its own stands here."),
        (script("export X=1\necho $X"), "X=1", None, "Y", "may read `X` (line 20)"),
        (script("X=1 env"), "X=1", None, "Y", "may read `X` (line 20)"),
        (script("echo $HOME"), "HOME", None, "Y", "comes from, or means something to"),
        (script('x=1; eval "echo $1"'), "x=1", None, "y", "what `eval` runs here is not known"),
        (script("x=y; echo ${!x}"), "x=y", None, "z", "a variable whose name is not known"),
        (script('x=1; read -r "$1"'), "x=1", None, "z", "sets a variable whose name is not known"),
        (script("x=1; if"), "x=1", None, "z", "the script has a syntax error"),
        (
            script("f() { :; }\nfor s in f; do $s; done"),
            "f()",
            None,
            "g",
            "perhaps to be called by",
        ),
        (script("echo {{ nobody }}"), "nobody", None, "x", "`nobody` is not declared"),
        (AUTOMATION, "clean.Output", "Output", "x", "is an output that the action itself gives"),
        (AUTOMATION, "- name: find", "find", "count", "there is a step of that name (line 20)"),
    ],
)
def test_what_can_not_be_renamed(
    text: str, snippet: str, inside: str | None, new: str, reason: str
) -> None:
    assert reason in refused(text, snippet, new, inside)


def test_a_text_that_can_not_be_read_is_left_alone() -> None:
    assert refused(literal() + "\n  x: [", "STATE=", "FILE").startswith("The file can not be read")


def test_what_is_written_otherwise_than_it_is_read_is_renamed_only_if_it_is_certain() -> None:
    text = script('x=1\ntrap "rm -f \\"\\$x\\"" EXIT')
    assert 'trap "rm -f \\"\\$file\\"" EXIT' in renamed(text, "x=1", "file")
    text = script('x=1\ntrap "echo x; rm -f \\"\\$x\\"" EXIT')
    assert "can not be followed (line 21)" in refused(text, "x=1", "file")


def test_the_name_is_told_before_the_new_one_is_asked_for() -> None:
    text, offset = at_cursor(literal().replace("{{ folder }} /data", "{{ fol‸der }} /data"))
    found = prepare(facts_of(text), offset)
    assert (found.text, text[found.span.start : found.span.end]) == ("folder", "folder")
