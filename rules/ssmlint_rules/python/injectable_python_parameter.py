"""
## What it does
Reports a text parameter that is written into a Python script and lets a value through that makes
Python run something else.

## Why is this bad?
Automation puts the value in the place of `{{ parameter }}` before Python sees the script, as it does
in every input, and escapes nothing (inferred: no page says what it does inside of `Script`). A quote
in the value ends the string that it stands in, and what follows is run with the rights of the role
that the runbook assumes, which are usually more than those of whoever starts it. `InputPayload` is
the way for values: what it passes is never read as code.

One finding for each parameter of a script, at the first place of the most open kind.

## Example
```yaml document
schemaVersion: '0.3'
parameters:
  Bucket:
    type: String
mainSteps:
  - name: empty
    action: aws:executeScript
    inputs:
      Runtime: python3.11
      Handler: main
      Script: |
        import boto3

        def main(events, context):
            boto3.resource("s3").Bucket("{{ Bucket }}").objects.delete()  # <-
```
Use instead:
```yaml document
schemaVersion: '0.3'
parameters:
  Bucket:
    type: String
    allowedPattern: '^[A-Za-z0-9_./:@=+,-]*$'
mainSteps:
  - name: empty
    action: aws:executeScript
    inputs:
      Runtime: python3.11
      Handler: main
      Script: |
        import boto3

        def main(events, context):
            boto3.resource("s3").Bucket("{{ Bucket }}").objects.delete()
```

Use instead:
```yaml document
schemaVersion: '0.3'
parameters:
  Bucket:
    type: String
mainSteps:
  - name: empty
    action: aws:executeScript
    inputs:
      Runtime: python3.11
      Handler: main
      InputPayload:
        bucket: '{{ Bucket }}'
      Script: |
        import boto3

        def main(events, context):
            boto3.resource("s3").Bucket(events["bucket"]).objects.delete()
```

## Fix safety
Unsafe: an `allowedPattern` is added that lets letters, digits and a few signs pass; values with others,
which have worked so far, are refused. Nothing is offered where there is a pattern already, or where
the default would not pass.

## References
- [`aws:executeScript`](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeScript.html): `InputPayload`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.python.scriptfacts import PythonScript
from ssmlint.rule import Problem, Severity, rule
from ssmlint.source import Span
from ssmlint_rules.injection import Place, Standing, injections, is_text

#: What makes Python run something, by the quotes that the value stands in.
_STANDINGS = {
    "": Standing(1, "outside of strings", ("id()", ";id()", "\nid()")),
    '"': Standing(2, "in double quotes, which it can close", ('"+id()+"',)),
    "'": Standing(3, "in single quotes, which it can close", ("'+id()+'",)),
    '"""': Standing(4, "in triple quotes, which it can close", ('"""+id()+"""',)),
    "'''": Standing(5, "in triple quotes, which it can close", ("'''+id()+'''",)),
}


@rule("PY301", "injectable-python-parameter", Severity.WARNING, on=PythonScript)
def injectable_python_parameter(script: PythonScript) -> Iterator[Problem]:
    """Report each parameter that can carry code."""
    yield from injections(script.script, _places(script))


def _places(script: PythonScript) -> Iterator[Place]:
    for placeholder in script.script.placeholders:
        parameter = script.document.parameters.get(placeholder.name)
        quotes = script.quotes_of(placeholder)
        standing = _STANDINGS.get(quotes) if quotes is not None else None
        if parameter is not None and is_text(parameter) and standing is not None:
            yield Place(parameter, Span(placeholder.start, placeholder.end), standing, None)
