"""What the tests of editors open."""

from __future__ import annotations

#: A misspelt variable, after a character of two UTF-16 code units.
BAD = """\
schemaVersion: '2.2'
description: Says something
mainSteps:
  - action: aws:runShellScript
    name: say
    inputs:
      runCommand:
        - |
          error_message=none
          echo "😀 $errormessage"
"""

RULE = "undefined-variable"
