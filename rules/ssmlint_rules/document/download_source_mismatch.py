"""
## What it does
Reports a `sourceInfo` of `aws:downloadContent` that does not fit its `sourceType`: a member that is
needed and not there, and members that this source does not have.

## Why is this bad?
What tells where to download from depends on the source: `path` for S3, `name` for SSMDocument, `url` for
HTTP. The service takes `sourceInfo` as it is; the step fails on the node, or downloads something else.

## Example
```yaml step
- action: aws:downloadContent
  name: fetch
  inputs:
    sourceType: S3
    sourceInfo: '{"url": "https://s3.amazonaws.com/bucket/setup.sh"}'  # <- <-
```
Use instead:
```yaml step
- action: aws:downloadContent
  name: fetch
  inputs:
    sourceType: S3
    sourceInfo: '{"path": "https://s3.amazonaws.com/bucket/setup.sh"}'
```

## References
- [Command document plugin reference](https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-command-ssm-plugin-reference.html#aws-downloadContent)
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from ssmlint.model.document import DocumentKind, SsmDocument
from ssmlint.near import nearest
from ssmlint.rule import Problem, Severity, rule
from ssmlint.source import Span
from ssmlint.tree import Entry, Mapping, Scalar

#: By source, what must be there and what may be.
_MEMBERS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "GitHub": (("owner", "repository", "path"), ("getOptions", "tokenInfo")),
    "Git": (
        ("repository",),
        ("getOptions", "privateSSHKey", "skipHostKeyChecking", "username", "password"),
    ),
    "HTTP": (("url",), ("allowInsecureDownload", "authMethod", "username", "password")),
    "S3": (("path",), ()),
    "SSMDocument": (("name",), ()),
}


@rule("SSM312", "download-source-mismatch", Severity.ERROR, on=SsmDocument)
def download_source_mismatch(document: SsmDocument) -> Iterator[Problem]:
    """Report what is missing, then what does not belong."""
    for step in document.steps if document.kind is DocumentKind.COMMAND else ():
        for inputs in step.inputs if step.action == "aws:downloadContent" else ():
            kind, entry = inputs.get_scalar("sourceType"), inputs.entry("sourceInfo")
            given = _given(entry) if entry is not None else None
            if kind is not None and entry is not None and given is not None:
                yield from _compare(kind.text, entry, given)


def _compare(kind: str, entry: Entry, given: dict[str, Span]) -> Iterator[Problem]:
    needed, others = _MEMBERS.get(kind, ((), tuple(given)))
    place = entry.value.span if isinstance(entry.value, Scalar) else entry.key.span
    for name in needed:
        if name not in given:
            yield Problem(place, f"`{kind}` needs `{name}` in `sourceInfo`, which is not given")
    for name, where in given.items():
        if name not in (*needed, *others):
            meant = nearest(name, (*needed, *others))
            hint = f"; did you mean `{meant}`?" if meant else ""
            yield Problem(where, f"`{kind}` has no `{name}` in `sourceInfo`{hint}")


def _given(entry: Entry) -> dict[str, Span] | None:
    """The members with their places; None where they can not be told."""
    node = entry.value
    if isinstance(node, Mapping):
        return {e.key.text: e.key.span for e in node.entries if "{{" not in e.key.text}
    if not isinstance(node, Scalar) or not node.text.lstrip().startswith("{"):
        return None
    try:
        data = json.loads(node.text)
    except (ValueError, RecursionError):
        return None
    return {str(name): node.span for name in data}
