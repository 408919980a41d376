"""
## What it does
Reports a file that has more than 250,000 nodes once its YAML aliases are written out.

## Why is this bad?
A few lines of aliases of aliases can stand for billions of nodes. Systems Manager takes no
document of more than 64 KB, so such a file is damaged or an attack on whoever reads it. It is
not looked at any further.

## Example
```yaml document
schemaVersion: '2.2'
a: &a [x, x, x, x, x, x, x, x, x, x]
b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]
f: &f [*e, *e, *e, *e, *e, *e, *e, *e, *e, *e]  # <-
mainSteps: []
```
Use instead:
```yaml document
schemaVersion: '2.2'
mainSteps:
  - action: aws:runShellScript
    name: freeze
    inputs:
      runCommand: [date]
```

## References
- [Billion laughs attack](https://en.wikipedia.org/wiki/Billion_laughs_attack)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Problem, Severity, rule
from ssmlint.tree import Tree
from ssmlint_rules.file.reader import noted


@rule("SSM006", "too-large", Severity.ERROR, on=Tree)
def too_large(tree: Tree) -> Iterator[Problem]:
    """Report where the limit is passed."""
    yield from noted(tree, "too-large")
