"""`python -m tests.fixes.report [PATH...]`: how many fixes are made, and what is wrong with them.

Without paths it is about the fixtures, and the documents beside the repository where there are any.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from tests.fixes.harness import ROOT, SHARED, files_below, outcome_of, source_of

FOLDERS = (ROOT / "fixtures", SHARED / "samples", SHARED / "corpus")


def main(paths: list[Path]) -> int:
    """Print the report; 1 if anything is wrong."""
    wrong = 0
    for unsafe in (False, True):
        counts: Counter[str] = Counter()
        files = changed = 0
        for path in (file for top in paths for file in _files(top)):
            outcome = outcome_of(source_of(path), unsafe=unsafe)
            files += 1
            changed += bool(outcome.counts)
            counts += outcome.counts
            for complaint in outcome.complaints:
                wrong += 1
                print(f"{path}: {complaint}")
        kind = "safe and unsafe" if unsafe else "safe"
        print(f"{counts.total()} {kind} fixes made in {changed} of {files} files")
        for name, count in counts.most_common():
            print(f"{count:>6}  {name}")
    return 1 if wrong else 0


def _files(path: Path) -> list[Path]:
    return [path] if path.is_file() else files_below(path)


if __name__ == "__main__":
    sys.exit(main([Path(name) for name in sys.argv[1:]] or list(FOLDERS)))
