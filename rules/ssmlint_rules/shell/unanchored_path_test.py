"""
## What it does
Reports a test of a path against `*"/name"*`, or a `grep -v /name`, which look for the text
anywhere in it.

## Why is this bad?
`*"/boot"*` is meant for `/boot` and what is below it. It also holds for `/data/bootstrap` and
`/srv/boot-images`: these filesystems are passed over, not frozen, and not consistent in the
snapshot, without a message.

## Example
```bash
for target in $(findmnt -nlo TARGET); do
    if [[ "$target" == *"/boot"* ]]; then continue; fi  # <-
    fsfreeze -f "$target"
done
```
Use instead:
```bash
for target in $(findmnt -nlo TARGET); do
    if [[ "$target" == /boot || "$target" == /boot/* ]]; then continue; fi
    fsfreeze -f "$target"
done
```

## Fix safety
Unsafe: paths that were passed over no longer are.

## References
- [Bash manual, Pattern Matching](https://www.gnu.org/software/bash/manual/html_node/Pattern-Matching.html)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.rule import Fix, Problem, Severity, rule
from ssmlint.shell.constants import text_of
from ssmlint.shell.lists import ListLoop, list_loops
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import Case, CaseItem, Test, TestBinary, Variable, Word, walk
from ssmlint.source import Span
from ssmlint_rules.script_fixes import script_fix

_ANYWHERE = re.compile(r"\*(?P<path>/[\w.-]+)\*")
_GREP = re.compile(
    r"\bgrep\s+(?:-[a-zA-Z]+\s+)*-(?!\w*[xw])\w*v\w*\s+(?:-[a-uyz]+\s+)*(?P<quote>[\"']?)"
    r"(?P<path>/[\w.-]+)(?P=quote)(?=[\s|)`]|$)"
)


@rule("SH509", "unanchored-path-test", Severity.WARNING, on=ShellScript)
def unanchored_path_test(script: ShellScript) -> Iterator[Problem]:
    """Report each such test of the item of a list of paths."""
    for found in list_loops(script):
        yield from _in_filters(script, found)
        index = found.unit.index
        inside = list(walk(found.loop))
        for test in (node for node in inside if isinstance(node, TestBinary)):
            outer = index.enclosing(test, Test)
            if outer is None or outer.bracket != "[[" or test.operator not in ("=", "==", "!="):
                continue
            if _is_item(test.left, found):
                yield from _judge(script, found, test.right, test)
        for case in (node for node in inside if isinstance(node, Case)):
            if _is_item(case.subject, found):
                for item in case.items:
                    for pattern in item.patterns:
                        yield from _judge(script, found, pattern, item)


def _in_filters(script: ShellScript, found: ListLoop) -> Iterator[Problem]:
    """`grep -v /boot` behind the command that lists."""
    for match in _GREP.finditer(script.written(found.source)):
        start = found.source.start
        span = Span(start + match.start("path"), start + match.end("path"))
        yield Problem(script.place(span), _text(match["path"]))


def _text(path: str) -> str:
    return f"this also holds for `/data{path}-old`; meant are `{path}` and `{path}/*`"


def _is_item(word: Word, found: ListLoop) -> bool:
    match word.parts:
        case (Variable(name=name, operator="", length=False),):
            return name == found.name
    return False


def _judge(
    script: ShellScript, found: ListLoop, pattern: Word, node: TestBinary | CaseItem
) -> Iterator[Problem]:
    match = _ANYWHERE.fullmatch(text_of(pattern, script.constants))
    if match is None:
        return
    path = match["path"]
    yield Problem(
        script.place(found.unit.place(pattern.span)),
        _text(path),
        fix=_fix(script, found, pattern, path, node),
    )


def _fix(
    script: ShellScript, found: ListLoop, pattern: Word, path: str, node: TestBinary | CaseItem
) -> Fix | None:
    span: Span = pattern.span
    text = f"{path} | {path}/*"
    if isinstance(node, TestBinary):
        if node.operator == "!=":
            return None
        left = found.unit.text[node.left.span.start : node.left.span.end]
        text = f"{left} {node.operator} {path} || {left} {node.operator} {path}/*"
        span = node.span
    title = f"test for `{path}` and what is below it"
    return script_fix(script, title, (span, text), unit=found.unit)
