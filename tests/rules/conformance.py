"""What the agent and the service take and refuse, case by case, in documents of our own.

The cases are those of the agent's tests (`docparser_test.go`, `parameters_test.go`,
`parameterstore_test.go`, `parser_test.go`, the tests of its parameter validators,
`pluginutil_test.go`, `runpluginutil_test.go`, and the documents in its `testdata`), and the
answers of CreateDocument that github.com/badmintoncryer/cdk-preflight has collected.  What is
taken must have no finding of severity error; what is refused must be reported by the rule that is named.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Case:
    """One document."""

    name: str
    text: str
    refused_by: str | None = None
    """The rule that has to say so; None for a document that is taken."""
    path: str = "document.yaml"
    stub: bool = False
    """Refused as it stands, but published as a frame that a build fills in: a warning."""


SHELL = "- {action: 'aws:runShellScript', name: run, inputs: {runCommand: [date]}}"


def command(steps: str = SHELL, parameters: str = "{}", version: str = "'2.2'") -> str:
    """A Command document with these steps and parameters, as flow or block."""
    return f"schemaVersion: {version}\nparameters: {parameters}\nmainSteps:\n{steps}\n"


def script(line: str, parameters: str = "{}") -> str:
    """A Command document with a script of one line."""
    step = (
        "- action: aws:runShellScript\n  name: run\n  inputs:\n    timeoutSeconds: 60\n"
        f"    runCommand:\n      - {line}"
    )
    return command(step, parameters)


def condition(operands: str, operator: str = "StringEquals") -> str:
    """A Command document with a precondition."""
    step = (
        f"- action: aws:runShellScript\n  name: run\n  precondition:\n    {operator}: {operands}\n"
        "  inputs:\n    runCommand: [date, '{{ choice }}']"
    )
    return command(step, "{choice: {type: String, default: Linux, allowedValues: [Linux]}}")


def runbook(steps: str, more: str = "") -> str:
    """An Automation document."""
    return f"schemaVersion: '0.3'\n{more}mainSteps:\n{steps}\n"


def wait(name: str = "wait", more: str = "") -> str:
    """A step that waits."""
    return f"- {{name: {name}, action: 'aws:sleep', inputs: {{Duration: PT1S}}{more}}}\n"


#: `docparser_test.go` and the documents of `testdata`.
PARSING = (
    Case("version 2.2", command()),
    Case("version 2.0", command(version="'2.0'")),
    Case("version 2.0.3", command(version="'2.0.3'")),
    Case(
        "version 1.2",
        "schemaVersion: '1.2'\nruntimeConfig:\n  aws:runShellScript:\n    properties:\n"
        "      - {id: '0.aws:runShellScript', runCommand: [date]}\n",
    ),
    Case("unknown version", command(version="'9999.0'"), "unsupported-schema-version"),
    Case("version as a number", command(version="2.2"), "schema-version-not-a-string"),
    Case("no steps", "schemaVersion: '2.2'\nmainSteps: []\n", "missing-key", stub=True),
    Case("no plugins", "schemaVersion: '1.2'\nruntimeConfig: {}\n", "missing-key", stub=True),
    Case("steps left empty", "schemaVersion: '2.2'\nmainSteps:\n", "missing-key"),
    Case(
        "steps of the other version",
        "schemaVersion: '2.2'\nruntimeConfig: {'aws:runShellScript': {properties: []}}\n",
        "unknown-key",
    ),
    Case(
        "plugins inside of plugins",
        "schemaVersion: '1.2'\nruntimeConfig: {runtimeConfig: {'aws:cloudWatch': {}}}\n",
        "unknown-action",
    ),
    Case(
        "text in front of the JSON",
        'corrupted\n{"schemaVersion": "1.2", "runtimeConfig": {}}',
        "syntax-error",
        "d.json",
    ),
    Case(
        "number for a text",
        command("- {action: 'aws:runShellScript', name: run, inputs: {runCommand: [1]}}"),
        "wrong-type",
    ),
    Case(
        "fields that a client writes for nothing",
        command(
            "- action: aws:runShellScript\n  name: run\n  maxAttempts: 0\n  onFailure: ''\n"
            "  settings: null\n  timeoutSeconds: 0\n  inputs: {runCommand: [date]}"
        ),
    ),
    Case(
        "attempts in quotes",
        command(
            "- {action: 'aws:runShellScript', name: run, maxAttempts: '2',"
            " inputs: {runCommand: [date]}}"
        ),
        "wrong-type",
    ),
)

#: `parameters_test.go`, `parameterstore_test.go`, `parser_test.go`.
SUBSTITUTING = (
    Case("embedded", script("'echo \"{{ name }}\"'", "{name: {type: String, allowedPattern: '^[a-z]+$'}}")),
    Case(
        "list in the place of a list",
        command(
            "- action: aws:runShellScript\n  name: run\n  inputs: {runCommand: '{{ lines }}'}",
            "{lines: {type: StringList}}",
        ),
    ),
    Case(
        "list inside of a list",
        command(
            "- action: aws:runShellScript\n  name: run\n  inputs: {runCommand: ['{{ lines }}']}",
            "{lines: {type: StringList}}",
        ),
        "nested-list-parameter",
    ),
    Case(
        "name with a hyphen",
        command(SHELL, "{my-name: {type: String, default: x}}"),
        "invalid-parameter-name",
    ),
    Case(
        "reference to Parameter Store in a default",
        script("echo {{ x }}", "{x: {type: String, default: '{{ssm:/a/b}}', allowedPattern: '^[a-z]+$'}}"),
    ),
    Case("undeclared and nearly declared", script("echo {{ nam }}", "{name: {type: String}}"), "undeclared-parameter"),
    Case("braces of docker", script("docker ps --format '{{.ID}}'")),
)  # fmt: skip

#: The parameter validators.
VALIDATING = (
    Case("pattern that RE2 takes", script("date {{ x }}", "{x: {type: String, allowedPattern: '^[a-z]{1,3}$'}}")),
    Case("pattern with a look-ahead", script("date {{ x }}", "{x: {type: String, allowedPattern: '^(?=a)a$'}}"), "unusable-pattern"),
    Case("default against the pattern", script("date {{ x }}", "{x: {type: String, default: A, allowedPattern: '^[a-z]$'}}"), "default-breaks-pattern"),
    Case("default among the values", script("date {{ x }}", "{x: {type: String, default: a, allowedValues: [a]}}")),
    Case("default in another case", script("date {{ x }}", "{x: {type: String, default: A, allowedValues: [a]}}"), "default-not-allowed"),
    Case("default that is too long", script("date {{ x }}", "{x: {type: String, default: abc, maxChars: 2, allowedPattern: '^[a-z]+$'}}"), "default-out-of-bounds"),
    Case("values that are no strings", script("date {{ x }}", "{x: {type: String, allowedValues: [1, 2]}}"), "wrong-type"),
    Case("unknown type", script("date {{ x }}", "{x: {type: Strings}}"), "unknown-parameter-type"),
    Case("map as JSON", command("- {action: 'aws:downloadContent', name: get, inputs: {sourceType: S3, sourceInfo: '{{ x }}'}}", "{x: {type: StringMap, default: '{}'}}")),
)  # fmt: skip

#: `runpluginutil_test.go`: preconditions.
CONDITIONS = (
    Case("platform", condition("[platformType, Linux]")),
    Case("platform second", condition("[Linux, platformType]")),
    Case("parameter", condition("['{{ choice }}', Linux]")),
    Case("parameter inside of a text", condition("['is {{ choice }}', is Linux]")),
    Case("unknown platform", condition("[platformType, Linus]"), "impossible-precondition"),
    Case("platform in another case", condition("[platformtype, Linux]"), "impossible-precondition"),
    Case("unknown operator", condition("[platformType, Linux]", "stringEquals"), "impossible-precondition"),
    Case("one operand", condition("[platformType]"), "impossible-precondition"),
    Case("three operands", condition("[platformType, Linux, MacOS]"), "impossible-precondition"),
    Case("equal operands", condition("['{{ choice }}', '{{ choice }}']"), "impossible-precondition"),
    Case("neither platform nor parameter", condition("[a, b]"), "impossible-precondition"),
    Case("Parameter Store", condition("['{{ssm:a}}', b]"), "impossible-precondition"),
    Case("secret of Parameter Store", condition("['{{ssm-secure:a}}', b]"), "impossible-precondition"),
    Case("undeclared parameter", condition("['{{ choce }}', b]"), "undeclared-parameter"),
    Case("version without preconditions", condition("[platformType, Linux]").replace("2.2", "2.0"), "impossible-precondition"),
)  # fmt: skip

#: What CreateDocument answers, of Automation and Session documents.
CREATING = (
    Case("runbook", runbook(wait())),
    Case("Missing mainSteps in the document", "schemaVersion: '0.3'\nmainSteps:\n", "missing-key"),
    Case("mainSteps with no steps", "schemaVersion: '0.3'\nmainSteps: []\n", "missing-key", stub=True),
    Case("Missing name in step detail", runbook("- {action: 'aws:pause', inputs: {}}"), "missing-key"),
    Case("Missing action in step detail", runbook("- {name: a, inputs: {}}"), "missing-key"),
    Case("StepName is invalid", runbook(wait("a-b")), "invalid-step-name"),
    Case("Duplicate step names", runbook(wait("a") + wait("a")), "duplicate-step-name"),
    Case("Unknown action", runbook("- {name: a, action: 'aws:sleeps', inputs: {}}"), "unknown-action"),
    Case("Parameter name is not alpha-numeric", runbook(wait(), "parameters: {a_b: {type: String}}\n"), "invalid-parameter-name"),
    Case("Parameter type is invalid", runbook(wait(), "parameters: {a: {type: string}}\n"), "unknown-parameter-type"),
    Case("Missing type in parameter definition", runbook(wait(), "parameters: {a: {default: x}}\n"), "missing-key"),
    Case("Wrong default value for Boolean", runbook(wait(), "parameters: {a: {type: Boolean, default: 'true'}}\n"), "default-of-wrong-type"),
    Case("Wrong default value for StringList", runbook(wait(), "parameters: {a: {type: StringList, default: x}}\n"), "default-of-wrong-type"),
    Case("Parameter is not declared", runbook("- {name: a, action: 'aws:sleep', inputs: {Duration: '{{ x }}'}}"), "undeclared-parameter"),
    Case("Unknown step name in nextStep", runbook(wait("a", ", nextStep: b")), "unknown-step"),
    Case("Unknown step name in onFailure", runbook(wait("a", ", onFailure: 'step:b'")), "unknown-step"),
    Case("Unknown step name in onCancel", runbook(wait("a", ", onCancel: 'step:b'")), "unknown-step"),
    Case("isEnd and nextStep in one step", runbook(wait("a", ", isEnd: true, nextStep: b") + wait("b")), "next-step-after-end"),
    Case("Unknown step name in named output", runbook(wait(), "outputs: [nothing.x]\n"), "reference-to-unknown-step"),
    Case("reserved output name", runbook("- name: a\n  action: aws:invokeLambdaFunction\n  inputs: {FunctionName: f}\n  outputs: [{Name: LogResult, Selector: $.LogResult, Type: String}]"), "reserved-output"),
    Case("Expect at least two expressions for Or", runbook("- name: a\n  action: aws:branch\n  isEnd: true\n  inputs:\n    Choices:\n      - NextStep: b\n        Or: [{Variable: '{{ global:REGION }}', StringEquals: x}]\n" + wait("b")), "missing-key"),
    Case("Parameter Store in a step", runbook("- {name: a, action: 'aws:sleep', inputs: {Duration: '{{ssm:a}}'}}"), "parameter-store-in-runbook"),
    Case("Parameter Store in assumeRole", runbook(wait(), "assumeRole: '{{ssm:role}}'\n"), "parameter-store-in-runbook"),
    Case("session", "schemaVersion: '1.0'\nsessionType: Standard_Stream\ninputs: {s3EncryptionEnabled: '{{ on }}'}\nparameters: {on: {type: String, default: 'true'}}\n"),
    Case("session without preferences", "schemaVersion: '1.0'\nsessionType: Standard_Stream\n"),
    Case("Missing SessionType", "schemaVersion: '1.0'\nproperties: {portNumber: '22'}\n", "missing-key"),
    Case("Invalid sessionType", "schemaVersion: '1.0'\nsessionType: Shell\n", "invalid-value"),
    Case("Missing Properties in session type Port", "schemaVersion: '1.0'\nsessionType: Port\n", "missing-key"),
)  # fmt: skip

CASES = (*PARSING, *SUBSTITUTING, *VALIDATING, *CONDITIONS, *CREATING)
