"""The addresses and the version of the project, wherever they stand besides `ssmlint/project.py`.

`python -m tests.tools.project --write` brings them up to date, `make rules` does the same.
What is written now is read from `[project.urls]` of pyproject.toml, and replaced.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from ssmlint import __version__
from ssmlint.project import REPOSITORY, SITE

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).parents[2]
PYPROJECT = ROOT / "pyproject.toml"

#: A version of ours, where it is to be taken from the repository.
_VERSION = re.compile(r"(?<=rev: v)[0-9][\w.]*|(?<=/ssmlint@v)[0-9][\w.]*")


def pages() -> list[Path]:
    """The files that may name the addresses; pyproject.toml, which says what they were, last."""
    docs = (path for path in (ROOT / "docs").rglob("*") if path.is_file())
    schemas = (ROOT / "ssmlint" / "schemas").glob("*.json")
    return [ROOT / "README.md", *sorted(docs), *sorted(schemas), PYPROJECT]


def brought_up_to_date(text: str) -> str:
    """A text with the addresses and the version of now."""
    urls = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]["urls"]
    for old, new in ((urls["Repository"], REPOSITORY), (urls["Documentation"], SITE)):
        text = text.replace(old, new)
        for behind in ("@", "`"):
            text = text.replace(_short(old) + behind, _short(new) + behind)
    return _VERSION.sub(__version__, text)


def _short(address: str) -> str:
    """`owner/name`, as GitHub's actions are named."""
    return "/".join(address.split("/")[-2:])


if __name__ == "__main__":
    for path in pages():
        before = path.read_text(encoding="utf-8")
        after = brought_up_to_date(before)
        if before != after and "--write" in sys.argv[1:]:
            path.write_text(after, encoding="utf-8")
        elif before != after:
            print(path.relative_to(ROOT))
