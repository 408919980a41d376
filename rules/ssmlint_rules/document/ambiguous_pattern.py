"""
## What it does
Reports constructs of an `allowedPattern` that the service and the agent read differently.

## Why is this bad?
A pattern is judged twice: with Java's regular expressions when the document is used, and with RE2 on
the node. `[[:alpha:]]` is any letter to RE2, and to Java a set of the characters `:`, `a`, `h`, `l` and
`p`; `&&` and a `[` in a set mean something to Java alone. A value has to pass both, so that good values
are refused.

## Example
```yaml parameters
user:
  type: String
  allowedPattern: ^[[:alnum:]]+$  # <-
```
Use instead:
```yaml parameters
user:
  type: String
  allowedPattern: ^[A-Za-z0-9]+$
```

## References
- [Data elements and parameters](https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-syntax-data-elements-parameters.html): two validations
- [`java.util.regex.Pattern`](https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/regex/Pattern.html), on unions and intersections
- [RE2 syntax](https://github.com/google/re2/wiki/Syntax)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.model.document import DocumentKind, SsmDocument
from ssmlint.rule import Problem, Severity, rule
from ssmlint.sourcemap import source_map
from ssmlint_rules.patterns import refusal
from ssmlint_rules.wording import is_filled_in_later

_SET = re.compile(r"\[\^?\]?(?:\\.|\[:\^?[a-z]+:\]|[^\]\\])*\]")
_POSIX = re.compile(r"\[:\^?[a-z]+:\]")
_ESCAPED = re.compile(r"\\.")
_NAMED = re.compile(r"\(\?P<")


@rule("SSM216", "ambiguous-pattern", Severity.WARNING, on=SsmDocument)
def ambiguous_pattern(document: SsmDocument) -> Iterator[Problem]:
    """Report the first such construct of each pattern that RE2 takes."""
    if document.kind is not DocumentKind.COMMAND:
        return
    for parameter in document.parameters.values():
        node = parameter.allowed_pattern
        if node is None or is_filled_in_later(node.text) or refusal(node.text):
            continue
        found = _first(node.text)
        if found is not None:
            start, end, why = found
            place = source_map(document.source, node).span(start, end)
            yield Problem(place, f"`{node.text[start:end]}` {why}")


def _first(pattern: str) -> tuple[int, int, str] | None:
    plain = _ESCAPED.sub("__", pattern)
    for found in _SET.finditer(plain):
        inner = found[0][1:-1]
        posix = _POSIX.search(inner)
        at = found.start() + 1
        if posix is not None:
            why = "is a class of characters to RE2 only; Java takes it for a set of letters"
            return at + posix.start(), at + posix.end(), why
        for sign, why in (
            ("&&", "means the common characters to Java, and `&` to RE2"),
            ("[", "begins a set inside of the set to Java, and is a `[` to RE2"),
        ):
            if sign in inner:
                start = at + inner.index(sign)
                return start, start + len(sign), why
    named = _NAMED.search(plain)
    return (*named.span(), "names a group in RE2; Java refuses it") if named else None
