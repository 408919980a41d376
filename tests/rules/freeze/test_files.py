"""Files of a folder of the script's own: which are made, and which are lists."""

from __future__ import annotations

import pytest

from tests.rules.freeze.dlm import said, stages

THAW = "fsfreeze -u /data || exit 202"


@pytest.mark.parametrize(
    ("line", "reported"),
    [
        ("touch /run/dlm/other", True),
        ("touch /run/dlm/frozen", False),
        ("D=/run/dlm; : > $D/frozen", False),
        ("touch /run/dlm/{list,frozen}", False),
        ('touch "/run/dlm/$NAME"', False),
        ("/opt/dlm/freeze --state=/run/dlm", False),
        ("cd /run/dlm && touch frozen", False),
    ],
)
def test_a_flag_that_nothing_sets(line: str, reported: bool) -> None:
    pre = f"mkdir /run/dlm || exit 204\n{line}\nfsfreeze -f /data || exit 201"
    script = stages(pre, f"[ -e /run/dlm/frozen ] || exit 205\n{THAW}")
    assert bool(said("file-never-made", script)) is reported


@pytest.mark.parametrize(
    ("body", "reported"),
    [
        ('echo "$m" > /run/list', True),
        ('echo "$m" >> /run/list', False),
        ('printf "%s" "$m" > /run/list; break', False),
        ('all="$all $m"; echo "$all" > /run/list', False),
        ('echo "$m $(date)" > /run/list', False),
        ('echo "$m" > "/run/list.$m"', False),
    ],
)
def test_a_list_that_is_emptied_in_each_turn(body: str, reported: bool) -> None:
    pre = f"for m in /data /logs; do\n  {body}\ndone"
    post = 'while read -r m; do fsfreeze -u "$m"; done < /run/list'
    assert bool(said("list-overwritten", stages(pre, post))) is reported


@pytest.mark.parametrize(
    ("mode", "reported"),
    [
        ("chmod 755 /run/thaw", False),
        ("chmod u=rwx,go= /run/thaw", False),
        ("chmod 644 /run/thaw", True),
        ("chmod -x /run/thaw", True),
        ("chmod 700 /run", True),
        ("chmod -R 700 /run", False),
        ("chmod +x /run/*", False),
        ("install -m 755 /run/thaw /run/thaw.new", False),
    ],
)
def test_a_right_to_execute(mode: str, reported: bool) -> None:
    script = f"printf 'fsfreeze -u /data' > /run/thaw\n{mode}\nsystemd-run --on-active=9 /run/thaw"
    assert bool(said("script-not-executable", script)) is reported


@pytest.mark.parametrize(
    ("make", "reported"),
    [
        (': > "$STATE"', False),
        ('touch "$STATE"', False),
        ('lsblk | tee "$STATE"', False),
        ('rm -f "$STATE"', True),
        ('cat "$STATE"', True),
    ],
)
def test_a_file_is_made_by_the_name_of_a_variable(make: str, reported: bool) -> None:
    script = stages(f"{make}\nfsfreeze -f /data", '[ -e "$STATE" ] || exit 205', "STATE=/run/dlm/f")
    script = script.replace("STATE=", "mkdir -p /run/dlm\nSTATE=")
    assert bool(said("file-never-made", script)) is reported


def test_a_list_that_was_written_down_is_not_made_anew() -> None:
    pre = (
        "mapfile -t mounts < <(findmnt -n -o TARGET -t xfs)\n"
        'printf "%s\\n" "${mounts[@]}" > /run/frozen\n'
        'for m in "${mounts[@]}"; do fsfreeze -f "$m" || exit 201; done'
    )
    post = 'while read -r m; do fsfreeze -u "$m"; done < LIST'
    assert said("thaw-list-recomputed", stages(pre, post.replace("LIST", "/run/frozen"))) == []
    anew = post.replace("LIST", "<(findmnt -n -o TARGET -t xfs)")
    assert said("thaw-list-recomputed", stages(pre, anew))


@pytest.mark.parametrize(
    ("watchdog", "reported"),
    [
        ("setsid --fork bash -c 'echo $$ > '\"$F\"'; sleep 150; fsfreeze -u /data'", False),
        ('setsid bash -c "echo 1 > $F; sleep 150; fsfreeze -u /data" &', False),
        ("setsid bash -c 'sleep 150; fsfreeze -u /data' &", True),
    ],
)
def test_a_watchdog_may_write_down_who_it_is(watchdog: str, reported: bool) -> None:
    pre = f"F=/run/dog.pid\nrm -f $F\n{watchdog}\nsleep 1\n[ -s $F ] || exit 201\nfsfreeze -f /data"
    script = stages(pre, "fsfreeze -u /data || exit 202")
    assert bool(said("stage-never-succeeds", script)) is reported


def test_a_watchdog_that_removes_a_file_does_not_make_it() -> None:
    pre = """\
[ ! -e /run/frozen ] || exit 204
setsid bash -c '[ -e /run/frozen ] && sleep 150; rm -f /run/frozen; fsfreeze -u /data' &
MAKE
fsfreeze -f /data || exit 201
"""
    post = "[ -e /run/frozen ] || exit 205\nfsfreeze -u /data || exit 202"
    made = stages(pre.replace("MAKE", "touch /run/frozen"), post)
    assert said("stage-never-succeeds", made) == []
    assert said("stage-never-succeeds", stages(pre.replace("MAKE", "true"), post))
