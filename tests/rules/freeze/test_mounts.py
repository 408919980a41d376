"""What is frozen: the filesystem that some folder lies on may be the root filesystem."""

from __future__ import annotations

import pytest

from tests.rules.freeze.dlm import said, stages

FREEZE = """\
while read -r folder; do
  mount=$({command}) || exit 206
  {skip}
  fsfreeze -f "$mount" || exit 201
done < /etc/folders
"""


def freezing(command: str, skip: str = "") -> str:
    return stages(FREEZE.format(command=command, skip=skip))


@pytest.mark.parametrize(
    "command",
    [
        'findmnt -n -o TARGET --target "$folder"',
        'findmnt -no TARGET -T "$folder"',
        "findmnt -no TARGET --target=${folder}",
        'df --output=target "$folder" | tail -n 1',
    ],
)
def test_files_may_lie_on_the_root_filesystem(command: str) -> None:
    script = freezing(command)
    assert said("boot-or-root-not-skipped", script) == [
        "`/` may be in the list, and nothing passes over it before the freeze"
    ]
    assert said("freezes-what-the-agent-needs", script)
    assert said("same-filesystem-twice", script)


@pytest.mark.parametrize(
    "command",
    [
        'findmnt -n -o TARGET --mountpoint "$folder"',
        "findmnt -n -o TARGET --target /srv/data",
        'findmnt -n -o TARGET --target "$folder" | grep -v "^/$"',
    ],
)
def test_a_mount_point_that_was_named_is_believed(command: str) -> None:
    assert said("boot-or-root-not-skipped", freezing(command)) == []


@pytest.mark.parametrize(
    "skip",
    [
        "case $mount in / | /boot | /boot/*) continue ;; esac",
        '[ "$mount" = / ] && exit 206',
        "[[ $mount =~ ^/srv/ ]] || continue",
    ],
)
def test_root_is_passed_over(skip: str) -> None:
    script = freezing('findmnt -n -o TARGET --target "$folder"', skip)
    assert said("boot-or-root-not-skipped", script) == []


COLLECT = """\
declare -A seen=()
for folder in $(cat /etc/folders); do
  read -r device mount <<< "$(findmnt -n -o MAJ:MIN,TARGET --target "$folder")"
  {look}
  {note}
  fsfreeze -f "$mount" || exit 201
done
"""
LOOK = '[ -n "${seen[$device]:-}" ] && continue'
NOTE = "seen[$device]=yes"


@pytest.mark.parametrize(
    ("look", "note", "safe"),
    [
        (LOOK, NOTE, True),
        ("[[ -v seen[$device] ]] && continue", NOTE, True),
        ("true", NOTE, False),
        (LOOK, "true", False),
    ],
)
def test_filesystems_are_told_apart_by_looking_and_noting(look: str, note: str, safe: bool) -> None:
    script = stages(COLLECT.format(look=look, note=note))
    assert (said("same-filesystem-twice", script) == []) is safe


@pytest.mark.parametrize(
    "commands",
    [
        'mount=$(findmnt -no TARGET -T "$1")\nfsfreeze -f "$mount"',
        'for mount in $(findmnt -no TARGET -T "$1"); do fsfreeze -f "$mount"; done',
    ],
)
def test_one_mount_is_frozen_once(commands: str) -> None:
    script = stages(f"set -- $(cat /etc/folder)\n{commands}")
    assert said("boot-or-root-not-skipped", script)
    assert said("same-filesystem-twice", script) == []
