"""Writes the site."""

import sys
from pathlib import Path

from tests.tools.site.building import build

if __name__ == "__main__":
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "site")
    print(f"{build(target)} pages in {target}/")
