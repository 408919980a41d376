"""
## What it does
Reports a key that stands twice in one mapping.

## Why is this bad?
YAML and JSON readers take the last value and drop the earlier ones without a word. What you
see in the first place, such as a pattern that guards a parameter, is not in force. Some
readers refuse the file instead.

## Example
```yaml parameters
volume:
  type: String
  allowedPattern: ^vol-[0-9a-f]+$
  default: vol-0
  allowedPattern: .*  # <-
```
Use instead:
```yaml parameters
volume:
  type: String
  allowedPattern: ^vol-[0-9a-f]+$
  default: vol-0
```

## References
- [YAML 1.1: mapping keys are unique](https://yaml.org/spec/1.1/#id932806)
- [RFC 8259, section 4](https://www.rfc-editor.org/rfc/rfc8259#section-4)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.tree import Mapping, Scalar, Tree, walk


@rule("SSM002", "duplicate-key", Severity.ERROR, on=Tree)
def duplicate_key(tree: Tree) -> Iterator[Problem]:
    """Report each key after the first of its name; an alias is looked at once."""
    seen: set[int] = set()
    for root in tree.roots:
        for node in walk(root):
            if isinstance(node, Mapping) and id(node) not in seen:
                seen.add(id(node))
                yield from _duplicates(node)


def _duplicates(mapping: Mapping) -> Iterator[Problem]:
    first: dict[str, Scalar] = {}
    for entry in mapping.entries:
        earlier = first.setdefault(entry.key.text, entry.key)
        if earlier is not entry.key:
            note = Note(earlier.span, "first here; this value is dropped")
            yield Problem(entry.key.span, f"`{entry.key.text}` stands twice here", (note,))
