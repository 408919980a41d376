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

With the same value, one of them is simply too much:
```yaml parameters
volume:
  type: String
  default: vol-0
  type: String  # <-
```
Use instead:
```yaml parameters
volume:
  type: String
  default: vol-0
```

## Fix safety
Safe: a key is taken out only if the other one has the same value.

## References
- [YAML 1.1: mapping keys are unique](https://yaml.org/spec/1.1/#id932806)
- [RFC 8259, section 4](https://www.rfc-editor.org/rfc/rfc8259#section-4)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Note, Problem, Safety, Severity, rule
from ssmlint.tree import Entry, Mapping, Scalar, Tree, walk
from ssmlint_rules.edits import taken_out


@rule("SSM002", "duplicate-key", Severity.ERROR, on=Tree)
def duplicate_key(tree: Tree) -> Iterator[Problem]:
    """Report each key after the first of its name; an alias is looked at once."""
    seen: set[int] = set()
    for root in tree.roots:
        for node in walk(root):
            if isinstance(node, Mapping) and id(node) not in seen:
                seen.add(id(node))
                yield from _duplicates(tree, node)


def _duplicates(tree: Tree, mapping: Mapping) -> Iterator[Problem]:
    first: dict[str, Entry] = {}
    for entry in mapping.entries:
        earlier = first.setdefault(entry.key.text, entry)
        if earlier is not entry:
            note = Note(earlier.key.span, "first here; this value is dropped")
            fix = None
            if not tree.broken and _is_same(earlier, entry):
                fix = taken_out(tree.source, mapping, entry, Safety.SAFE)
            text = f"`{entry.key.text}` stands twice here"
            yield Problem(entry.key.span, text, (note,), fix=fix)


def _is_same(one: Entry, other: Entry) -> bool:
    """Whether two scalars mean the same."""
    match one.value, other.value:
        case Scalar() as a, Scalar() as b:
            return (a.text, a.value, a.tag) == (b.text, b.value, b.tag)
    return False
