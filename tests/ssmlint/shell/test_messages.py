"""Which commands only print, so that a run may pass over them."""

from __future__ import annotations

import pytest

from ssmlint.shell.stages import Scenario
from ssmlint.shell.statements import Command
from ssmlint.shell.symbolic.calling import Calling
from ssmlint.shell.symbolic.state import State
from ssmlint.shell.symbolic.values import FieldText
from tests.ssmlint.shell.test_stages import report


@pytest.mark.parametrize(
    ("line", "passed_over"),
    [
        ("echo done", True),
        ('echo "$count of $(date) in ${name:-none} $((count + 1))" >&2', True),
        ("printf '%s\\n' \"$name\"", True),
        ('log "$name"', True),
        ('echo "$(fsfreeze -f /data)"', False),
        ('echo "$((count++))"', False),
        ('echo "${name:=x}"', False),
        ('echo "${name:?is not there}"', False),
        ("echo $(freeze)", False),
        ("echo x > /data/flag", False),
        ("printf -v name %s x", False),
        ("note x", False),
    ],
)
def test_a_message_changes_nothing(
    line: str, passed_over: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = f"""
        log() {{ printf '%s\\n' "$1"; }}
        note() {{ echo "$1" > /run/note; }}
        freeze() {{ fsfreeze -f /data; }}
        count=1 name=a
        {line}
    """
    expanded: list[str] = []
    call = Calling._call

    def spy(self: Calling, command: Command, fields: list[FieldText], state: State) -> list[State]:
        text = self.machine.text[command.span.start : command.span.end]
        expanded.append(text)
        return call(self, command, fields, state)

    monkeypatch.setattr(Calling, "_call", spy)
    assert report(script).runs[Scenario.PRE].complete
    assert any(line.startswith(text) for text in expanded) is not passed_over


def test_under_nounset_a_message_can_end_the_script() -> None:
    script = """
        set -u
        echo "$missing"
        fsfreeze -f /data
    """
    assert not [end for end in report(script).pre.ends if end.held]
