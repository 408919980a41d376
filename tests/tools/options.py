"""What is made of the table of options: the JSON Schema, and the page in docs/.

`python -m tests.tools.options --write` brings both up to date, `make rules` does the same.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from ssmlint.configuration.explaining import page
from ssmlint.configuration.schema import schema
from ssmlint.configuration.table import OPTIONS

ROOT = Path(__file__).parents[2]
SCHEMA = ROOT / "ssmlint" / "schemas" / "ssmlint.schema.json"
PAGE = ROOT / "docs" / "options.md"

_HEAD = """\
# All options

<!-- made from ssmlint/configuration/table.py by `make rules`; do not edit -->

[How configuration works](configuration.md) says where these options are written and which file
holds for which document. `ssmlint config KEY` prints the same about one of them; a JSON Schema of
the file comes with ssmlint (`ssmlint config --schema`).

"""


def as_schema() -> str:
    """The schema as a file."""
    return json.dumps(schema(), indent=2) + "\n"


def as_page() -> str:
    """The page about every option."""
    listed = "".join(f"- [`{o.name}`](#{o.name}): {o.summary}\n" for o in OPTIONS)
    return _HEAD + listed + "".join(f"\n{page(option, level=2)}" for option in OPTIONS)


if __name__ == "__main__":
    for path, text in ((SCHEMA, as_schema()), (PAGE, as_page())):
        if "--write" in sys.argv[1:]:
            path.write_text(text, encoding="utf-8")
        else:
            print(text, end="")
