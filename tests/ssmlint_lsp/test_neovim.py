"""A real editor: Neovim, as Debian has it, opens a document, mends it and saves it."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

from tests.programs import require_program
from tests.ssmlint_lsp.editor import COMMAND

SCRIPT = Path(__file__).with_name("neovim.lua")

#: Seconds after which Neovim is taken for stuck.
PATIENCE = 120

DOCUMENT = """\
schemaVersion: '2.2'
description: '😀 says where it is'
parameters:
  name:
    type: String
    allowedPattern: '^[a-z]+$'
mainSteps:
- name: hello
  action: aws:runShellScript
  inputs:
    timeoutSeconds: '60'
    runCommand:
    - |
      #!/bin/bash
      target=/data
      echo "😀 {{ name }}: $tagret"
"""


def test_a_document_is_mended_in_neovim(tmp_path: Path) -> None:
    neovim = require_program("nvim", package="neovim")
    document, report = tmp_path / "a.yaml", tmp_path / "report.json"
    document.write_text(DOCUMENT, "utf-8")
    environment = {
        **os.environ,
        "COMMAND": json.dumps(COMMAND),
        "DOCUMENT": str(document),
        "REPORT": str(report),
        "HOME": str(tmp_path),
        "XDG_STATE_HOME": str(tmp_path),
        "XDG_CACHE_HOME": str(tmp_path),
    }
    subprocess.run(
        (neovim, "--headless", "--clean", "-c", f"luafile {SCRIPT}"),
        cwd=tmp_path,
        env=environment,
        check=True,
        timeout=PATIENCE,
    )
    seen = json.loads(report.read_text("utf-8"))
    assert seen["problem"] is None
    assert seen["before"] == [{"code": "undefined-variable", "text": "$tagret", "severity": 2}]
    assert seen["definition"] == {"line": 4, "word": "name"}
    assert not seen["after"]
    assert document.read_text("utf-8") == DOCUMENT.replace("$tagret", "$target")
