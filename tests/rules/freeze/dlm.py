"""Asking a rule about the stages of a pre/post document."""

from __future__ import annotations

import textwrap

from tests.rules.asking import document, messages

PARAMETERS = """\
command:
  type: String
  default: dry-run
  allowedValues: [pre-script, post-script, dry-run]
executionId:
  type: String
  default: None
"""
HEAD = "- action: aws:runShellScript\n  name: x\n  inputs:\n    runCommand:\n    - |\n"


def stages(pre: str, post: str = "true", functions: str = "") -> str:
    """A script of these functions that runs these commands in its stages."""
    return (
        f"{functions}\ncase '{{{{ command }}}}' in\npre-script)\n{textwrap.indent(pre, '  ')}\n;;\n"
        f"post-script)\n{textwrap.indent(post, '  ')}\n;;\ndry-run) true ;;\n*) exit 206 ;;\nesac\n"
    )


def said(rule: str, script: str) -> list[str]:
    """What a rule says of a pre/post document with this script, without the lines."""
    return [message.partition(": ")[2] for message in messages(rule, dlm(script))]


def dlm(script: str) -> str:
    """A pre/post document with this script."""
    body = textwrap.indent("#!/bin/bash\n" + textwrap.dedent(script), "      ")
    return document(PARAMETERS, f"{HEAD}{body}\n")
