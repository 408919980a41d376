"""`python -m ssmlint`."""

import sys

from ssmlint.cli import run

sys.exit(run())
