"""Runs the examples of a rule's page.

An example may be a fragment; its fence says what it is a fragment of, and `wrap` puts the
smallest whole file of that kind around it:

| info string        | the fragment is                                                        |
|--------------------|------------------------------------------------------------------------|
| `yaml document`    | a whole SSM document (`json document` likewise)                        |
| `yaml policy`      | a whole DLM policy (`json policy` likewise)                            |
| `yaml parameters`  | what stands below `parameters:` of a Command 2.2 document              |
| `yaml step`        | one or more items of `mainSteps` (or one without its `- `)             |
| `yaml schedule`    | one or more items of `Schedules` (or one without its `- `) of a        |
|                    | snapshot policy for volumes; the further words `of instances` and      |
|                    | `of images` say another kind of policy                                 |
| `yaml script`      | the entry of `Scripts` in a snapshot policy for instances              |
| `bash`             | the script of a Command 2.2 document; `#!/bin/bash` is put before it   |
| `sh`               | the same without a shebang                                             |
| `bash dlm`         | a script in a DLM pre/post document (parameters `command`,             |
| `sh dlm`           | `executionId`)                                                         |
| `yaml automation`  | one or more items of `mainSteps` of an Automation document (or one     |
|                    | without its `- `), with the parameters `AutomationAssumeRole` and      |
|                    | `InstanceId`                                                           |
| `python`           | the script of an `aws:executeScript` step with the handler `main`      |
| `powershell`       | the script of an `aws:runPowerShellScript` step                        |

The further word `latin-1` writes the file in that encoding, `target-agent=VERSION` checks it
for that agent, and `runtime=python3.8` is the `Runtime` of a Python script.
"""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ssmlint.engine import check_file
from ssmlint.files import read
from ssmlint.fixing import fix_all, is_fixable
from ssmlint.packs import all_rules
from ssmlint.page import Example
from ssmlint.rule import INTERNAL_ERROR, Finding, Rule
from ssmlint.settings import DEFAULTS, Settings
from ssmlint.source import Source, decode
from ssmlint.suppressions import UnusedSuppression
from ssmlint.tree import Tree

STEP = """\
  - action: aws:runShellScript
    name: example
    inputs:
      timeoutSeconds: 60
      runCommand:
"""

DOCUMENT = "schemaVersion: '2.2'\ndescription: An example\n"

DLM_PARAMETERS = """\
parameters:
  command:
    type: String
    default: dry-run
    allowedValues: [pre-script, post-script, dry-run]
  executionId:
    type: String
    default: None
    allowedPattern: ^(None|[a-fA-F0-9]{8}(-[a-fA-F0-9]{4}){3}-[a-fA-F0-9]{12})$
"""

POLICY = """\
PolicyType: {type}
ResourceTypes: [{target}]
TargetTags:
  - Key: backup
    Value: nightly
Schedules:
"""

#: What the schedules of an example may be of: type and target of the policy.
SCHEDULES_OF = {
    (): ("EBS_SNAPSHOT_MANAGEMENT", "VOLUME"),
    ("of", "instances"): ("EBS_SNAPSHOT_MANAGEMENT", "INSTANCE"),
    ("of", "images"): ("IMAGE_MANAGEMENT", "INSTANCE"),
}

SCRIPT_SCHEDULE = """\
  - Name: nightly
    RetainRule:
      Count: 7
    CreateRule:
      CronExpression: cron(0 3 * * ? *)
      Scripts:
"""

AUTOMATION = """\
schemaVersion: '0.3'
description: An example
assumeRole: '{{ AutomationAssumeRole }}'
parameters:
  AutomationAssumeRole:
    type: AWS::IAM::Role::Arn
  InstanceId:
    type: AWS::EC2::Instance::Id
"""

PYTHON_STEP = """\
  - name: example
    action: aws:executeScript
    inputs:
      Runtime: {runtime}
      Handler: main
      Script: |
"""

PARAMETERS_TAIL = "mainSteps:\n" + STEP + "        - echo example\n"


class BadExample(AssertionError):
    """An example that does not do what its page says."""


@dataclass(frozen=True, slots=True)
class Wrapped:
    """An example as the file that is checked."""

    source: Source
    first_line: int
    """The line of the file (from 0) where the fragment begins."""
    settings: Settings = DEFAULTS


def wrap(example: Example) -> Wrapped:
    """The smallest whole file around an example's fragment."""
    before, indent, after, path = _frame(example)
    body = example.text
    if {"step", "schedule", "script", "automation"} & set(
        example.info
    ) and not body.lstrip().startswith("- "):
        body = "- " + textwrap.indent(body, "  ")[2:]
    text = before + textwrap.indent(body, indent) + after
    encoding = "latin-1" if "latin-1" in example.info else "utf-8"
    settings = Settings(target_agent=next(_words(example, "target-agent"), None))
    return Wrapped(decode(text.encode(encoding), path), before.count("\n"), settings)


def _words(example: Example, name: str) -> Iterator[str]:
    """The values of the words `name=...` in an info string."""
    return (word.partition("=")[2] for word in example.info if word.startswith(f"{name}="))


def _frame(example: Example) -> tuple[str, str, str, str]:
    others = ("latin-1", "target-agent", "runtime")
    kind = tuple(word for word in example.info if word.partition("=")[0] not in others)
    match kind:
        case ("yaml" | "json" as language, "document" | "policy" as name):
            return "", "", "", f"{name}.{language}"
        case ("yaml", "parameters"):
            return f"{DOCUMENT}parameters:\n", "  ", PARAMETERS_TAIL, "document.yaml"
        case ("yaml", "step"):
            return f"{DOCUMENT}mainSteps:\n", "  ", "", "document.yaml"
        case ("yaml", "schedule", *rest) if tuple(rest) in SCHEDULES_OF:
            kind_of, target = SCHEDULES_OF[tuple(rest)]
            return POLICY.format(type=kind_of, target=target), "  ", "", "policy.yaml"
        case ("yaml", "script"):
            kind_of, target = SCHEDULES_OF["of", "instances"]
            head = POLICY.format(type=kind_of, target=target) + SCRIPT_SCHEDULE
            return head, " " * 8, "", "policy.yaml"
        case ("yaml", "automation"):
            return f"{AUTOMATION}mainSteps:\n", "  ", "", "document.yaml"
        case ("python",):
            runtime = next(_words(example, "runtime"), "python3.11")
            head = f"{AUTOMATION}mainSteps:\n{PYTHON_STEP.format(runtime=runtime)}"
            return head, " " * 8, "", "document.yaml"
        case ("powershell",):
            step = STEP.replace("aws:runShellScript", "aws:runPowerShellScript")
            return f"{DOCUMENT}mainSteps:\n{step}        - |\n", " " * 10, "", "document.yaml"
        case ("bash" | "sh" as shell, *rest) if rest in ([], ["dlm"]):
            parameters = DLM_PARAMETERS if rest else ""
            head = f"{DOCUMENT}{parameters}mainSteps:\n{STEP}        - |\n"
            if shell == "bash" and not example.text.startswith("#!"):
                head += "          #!/bin/bash\n"
            return head, " " * 10, "", "document.yaml"
    raise BadExample(f"unknown kind of example `{' '.join(example.info)}`; see {__file__}")


def findings_of(rule: Rule, source: Source, settings: Settings = DEFAULTS) -> list[Finding]:
    """What one rule says about a file; a crash of the rule fails the test.

    A rule on documents or policies never sees a file that cannot be read: an example with
    a syntax error would be clean of it for the wrong reason.
    """
    file = read(source)
    if rule.on not in (Source, Tree) and (file.tree.broken or not file.is_ours):
        raise BadExample(f"the example is no document or policy that can be read:\n{source.text}")
    # What suppresses nothing is known when every rule has run.
    rules = all_rules() if rule.on is UnusedSuppression else (rule,)
    found = [
        f for f in check_file(file, rules, settings=settings) if f.rule in (rule, INTERNAL_ERROR)
    ]
    for finding in found:
        if finding.rule is INTERNAL_ERROR:
            raise BadExample(finding.message)
    return found


def expect_bad(rule: Rule, example: Example) -> list[Finding]:
    """The findings of a bad example, which must start at its marked lines, no others."""
    wrapped = wrap(example)
    found = findings_of(rule, wrapped.source, wrapped.settings)
    lines = wrapped.source.lines
    actual = sorted(lines.line_of(f.span.start) - wrapped.first_line for f in found)
    if not found:
        raise BadExample(f"`{rule.name}` finds nothing in its bad example:\n{example.text}")
    if actual != list(example.marked):
        raise BadExample(
            f"`{rule.name}` must report its bad example at the lines marked `# <-`\n"
            f"{_listing(example, actual)}\n" + "\n".join(f"  {f.message}" for f in found)
        )
    return found


def expect_good(rule: Rule, example: Example) -> None:
    """Demand that the rule says nothing about a good example."""
    wrapped = wrap(example)
    if example.marked:
        raise BadExample("a good example has no `# <-` marks")
    found = findings_of(rule, wrapped.source, wrapped.settings)
    if found:
        lines = wrapped.source.lines
        actual = [lines.line_of(f.span.start) - wrapped.first_line for f in found]
        raise BadExample(
            f"`{rule.name}` reports its own good example\n{_listing(example, actual)}\n"
            + "\n".join(f"  {f.message}" for f in found)
        )


def expect_fixed(rule: Rule, bad: Example, good: Example | None) -> bool:
    """Whether the rule offers fixes for a bad example; all applied must give the good one."""
    wrapped = wrap(bad)
    source, found = wrapped.source, findings_of(rule, wrapped.source, wrapped.settings)
    if not any(finding.problem.fix for finding in found):
        return False
    if good is None:
        raise BadExample("a bad example that is fixed needs its `Use instead:` right after it")
    fixed = fix_all(source, lambda now: findings_of(rule, now, wrapped.settings), is_fixable)
    for refusal in fixed.refused:
        raise BadExample(f"a fix is refused: {refusal.reason}")
    expected = wrap(good).source.text
    if fixed.source.text != expected:
        raise BadExample(
            f"fixed, the bad example is\n{fixed.source.text}\nand not the good one\n{expected}"
        )
    return True


def _listing(example: Example, actual: Iterable[int]) -> str:
    found = set(actual)
    rows = []
    for number, line in enumerate(example.text.splitlines()[:200]):
        mark = "found " if number in found else "      "
        wanted = "wanted " if number in example.marked else "       "
        rows.append(f"{wanted}{mark}| {line}")
    outside = sorted(line for line in found if not 0 <= line < len(example.text.splitlines()))
    return "\n".join(rows) + (f"\n(and outside of the fragment: {outside})" if outside else "")


def module_path(rule: Rule) -> str:
    """The file of the rule's module."""
    return inspect.getfile(rule.check)
