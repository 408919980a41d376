"""
## What it does
Reports a step of `aws:runDockerAction` without an input that its action needs.

## Why is this bad?
Which inputs are needed follows from `action`: `Create`, `Run`, `Pull` and `Rmi` need an `image`, `Start`,
`Stop`, `Rm`, `Exec` and `Logs` a `container`, `Exec` a `cmd` as well, and `Inspect` one of the two. The
service does not look; the step fails on the node.

## Example
```yaml step
- action: aws:runDockerAction
  name: enter  # <-
  inputs:
    action: Exec
    container: web
```
Use instead:
```yaml step
- action: aws:runDockerAction
  name: enter
  inputs:
    action: Exec
    container: web
    cmd: date
```

## References
- [amazon-ssm-agent, `dockercontainer.go`](https://github.com/aws/amazon-ssm-agent/blob/mainline/agent/plugins/dockercontainer/dockercontainer.go)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.document import DocumentKind, SsmDocument
from ssmlint.rule import Problem, Severity, rule
from ssmlint.tree import Mapping, Scalar

#: By action, the inputs of which one must be there.
_NEEDED = {
    "Create": (("image",),),
    "Run": (("image",),),
    "Pull": (("image",),),
    "Rmi": (("image",),),
    "Start": (("container",),),
    "Stop": (("container",),),
    "Rm": (("container",),),
    "Logs": (("container",),),
    "Exec": (("container",), ("cmd",)),
    "Inspect": (("container", "image"),),
}


@rule("SSM310", "missing-docker-input", Severity.ERROR, on=SsmDocument)
def missing_docker_input(document: SsmDocument) -> Iterator[Problem]:
    """Report each input that is needed and not there, or empty."""
    for step in document.steps if document.kind is DocumentKind.COMMAND else ():
        for inputs in step.inputs if step.action == "aws:runDockerAction" else ():
            action = inputs.get_scalar("action")
            for names in _NEEDED.get(action.text if action else "", ()):
                if not any(_is_given(inputs, name) for name in names):
                    needed = " or ".join(f"`{name}`" for name in names)
                    text = f"`{action.text if action else ''}` needs {needed}, which is not given"
                    yield Problem(step.label_span, text)


def _is_given(inputs: Mapping, name: str) -> bool:
    node = inputs.get(name)
    return node is not None and not (isinstance(node, Scalar) and not node.text)
