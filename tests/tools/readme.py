"""The output that README.md shows is what `ssmlint` says.

`python -m tests.tools.readme --write` brings it up to date, `make rules` does the same.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"

#: A `console` block that shows one command line of ours and what it prints.
_SHOWN = re.compile(r"^(```console\n\$ ssmlint (.+)\n)(?:.*\n)*?(```)$", re.M)


def with_output(readme: str) -> str:
    """The README with the output of now below each command line."""
    assert _SHOWN.search(readme), "README.md shows no command line"
    return _SHOWN.sub(_shown, readme)


def _shown(match: re.Match[str]) -> str:
    command = [sys.executable, "-m", "ssmlint", *shlex.split(match[2])]
    ended = subprocess.run(
        command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=60, check=False
    )
    return f"{match[1]}{ended.stdout}{match[3]}"


if __name__ == "__main__":
    text = README.read_text(encoding="utf-8")
    if "--write" in sys.argv[1:]:
        README.write_text(with_output(text), encoding="utf-8")
    else:
        print(with_output(text), end="")
