"""Keys, types and values of Automation and Session documents."""

from __future__ import annotations

import pytest
from botocore.session import get_session

from ssmlint.model.automation import ACTIONS
from ssmlint_rules.structure import actions
from tests.rules.asking import ask, messages, places

STRUCTURE_RULES = ("unknown-key", "missing-key", "wrong-type", "invalid-value")

RUNBOOK = """\
schemaVersion: '0.3'
description: stops an instance
assumeRole: '{{ Role }}'
parameters:
  Role:
    type: AWS::IAM::Role::Arn
  Ids:
    type: List<AWS::EC2::Instance::Id>
  Force:
    type: Boolean
    default: false
    allowedValues: [true, false]
variables:
  count:
    type: Integer
    default: 0
mainSteps:
  - name: stop
    action: aws:changeInstanceState
    timeoutSeconds: '600'
    maxAttempts: 2
    isCritical: true
    onFailure: step:tell
    onCancel: step:tell
    nextStep: tell
    inputs:
      InstanceIds: '{{ Ids }}'
      Force: '{{ Force }}'
      DesiredState: stopped
  - name: tell
    action: aws:executeAwsApi
    inputs:
      Service: sns
      Api: Publish
      Message: done
    outputs:
      - Name: MessageId
        Selector: $.MessageId
        Type: String
    isEnd: true
outputs:
  - tell.MessageId
files:
  script.py:
    checksums:
      sha256: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
"""

SESSION = """\
schemaVersion: '1.0'
description: shows a log
sessionType: InteractiveCommands
parameters:
  path:
    type: String
    allowedPattern: ^/var/log/[a-z]+$
properties:
  linux:
    commands: tail -f {{ path }}
    runAsElevated: true
"""

TEMPLATE = """\
schemaVersion: '0.3'
templateInformation: restarts
executableRunBooks:
  - name: AWS-HelloWorld
    version: '1'
emergencyChange: false
autoApprovable: false
mainSteps:
  - name: approve
    action: aws:approve
    inputs:
      Message: please
      EnhancedApprovals:
        NotificationArn: arn:aws:sns:eu-west-1:123456789012:AutomationChanges
        Approvers:
          - approver: Admin
            type: IamRole
            minRequiredApprovals: 3
"""


@pytest.mark.parametrize("text", [RUNBOOK, SESSION, TEMPLATE])
def test_a_good_document_is_good(text: str) -> None:
    assert [f.message for name in STRUCTURE_RULES for f in ask(name, text)] == []


@pytest.mark.parametrize(
    ("key", "misspelled"),
    [
        ("assumeRole", "assumerole"),
        ("variables", "variable"),
        ("mainSteps", "mainstep"),
        ("nextStep", "nextSteps"),
        ("isCritical", "iscritical"),
        ("onCancel", "onCancelled"),
        ("InstanceIds", "InstanceId"),
        ("DesiredState", "desiredState"),
        ("Selector", "selector"),
        ("checksums", "checksum"),
    ],
)
def test_a_misspelled_key_is_one_error_with_a_hint(key: str, misspelled: str) -> None:
    (finding,) = (
        f
        for name in STRUCTURE_RULES
        for f in ask(name, RUNBOOK.replace(f"{key}:", f"{misspelled}:", 1))
    )
    assert finding.source.at(finding.span) == misspelled
    assert finding.message.endswith(f"; did you mean `{key}`?")
    assert finding.severity.value == "error"


@pytest.mark.parametrize(
    ("written", "instead", "message"),
    [
        ("'600'", "soon", "`timeoutSeconds` must be a whole number, not the string `soon`"),
        ("maxAttempts: 2", "maxAttempts: 2.5", "`maxAttempts` must be a whole number, not"),
        ("isEnd: true", "isEnd: 'y'", "`isEnd` must be `true` or `false`, not the string `y`"),
        ("'{{ Ids }}'", "i-1", "`InstanceIds` must be a list of strings, not the string `i-1`"),
        ("type: Integer", "type: Int", "`Int` is no value of `type`; expected `String`"),
        ("DesiredState: stopped", "DesiredState: off", "`DesiredState` must be a string, not"),
        ("DesiredState: stopped", "DesiredState: down", "`down` is no value of `DesiredState`"),
        ("      DesiredState: stopped\n", "", "`DesiredState` is missing from the inputs of"),
        ("        Selector: $.MessageId\n", "", "`Selector` is missing from output `MessageId`"),
        ("    action: aws:executeAwsApi\n", "", "`action` is missing from step `tell`"),
    ],
)
def test_one_mistake_is_one_finding(written: str, instead: str, message: str) -> None:
    text = RUNBOOK.replace(written, instead)
    assert text != RUNBOOK
    (found,) = (m.partition(": ")[2] for name in STRUCTURE_RULES for m in messages(name, text))
    assert found.startswith(message)


def test_steps_inside_of_a_loop() -> None:
    text = """\
schemaVersion: '0.3'
mainSteps:
  - name: each
    action: aws:loop
    inputs:
      Iterators: [a, b]
      Steps:
        - name: stop
          action: aws:changeInstanceState
          inputs:
            InstanceId: '{{ each.CurrentIteratorValue }}'
        - name: wait
          action: aws:sleeps
          inputs: {}
        - name: stop
          action: aws:sleep
          inputs: {Duration: PT1S}
"""
    assert messages("unknown-key", text) == [
        "11: `InstanceId` is not a key of the inputs of `aws:changeInstanceState`; "
        "did you mean `InstanceIds`?"
    ]
    assert messages("missing-key", text) == [
        "10: `DesiredState` is missing from the inputs of `aws:changeInstanceState`"
    ]
    assert places("unknown-action", text) == [(13, "aws:sleeps")]
    assert places("duplicate-step-name", text) == [(15, "stop")]


def test_what_is_no_operation_of_a_branch() -> None:
    text = """\
schemaVersion: '0.3'
mainSteps:
  - name: choose
    action: aws:branch
    inputs:
      Choices:
        - NextStep: x
          And:
            Variable: '{{ a }}'
            StringEquals: b
        - Variable: '{{ a }}'
          StringEqual: b
      Default: x
"""
    assert messages("wrong-type", text) == ["8: `And` must be a list, not a mapping"]
    assert messages("unknown-key", text) == [
        "12: `StringEqual` is not a key of an item of `Choices`; did you mean `StringEquals`?"
    ]
    assert messages("missing-key", text) == ["11: `NextStep` is missing from an item of `Choices`"]


def test_an_attached_python_script_needs_a_handler() -> None:
    text = """\
schemaVersion: '0.3'
mainSteps:
  - {name: a, action: 'aws:executeScript', inputs: {Runtime: python3.11, Attachment: x}}
  - {name: b, action: 'aws:executeScript', inputs: {Runtime: PowerShell 7.4, Script: x}}
"""
    assert messages("missing-key", text) == [
        "3: `Handler` is missing from the inputs of `aws:executeScript`"
    ]


@pytest.mark.parametrize(
    ("written", "instead", "message"),
    [
        ("InteractiveCommands", "InteractiveCommand", "`InteractiveCommand` is no value of"),
        ("sessionType: InteractiveCommands\n", "", "`sessionType` is missing from a Session"),
        ("  linux:\n    commands: tail -f {{ path }}\n    runAsElevated: true\n", "", None),
        ("commands:", "command:", "`command` is not a key of `linux`; did you mean `commands`?"),
        ("linux:", "ubuntu:", "`ubuntu` is not a key of `properties`"),
        ("InteractiveCommands", "Port", "`portNumber` is missing from `properties`"),
    ],
)
def test_session_documents(written: str, instead: str, message: str | None) -> None:
    text = SESSION.replace(written, instead)
    assert text != SESSION
    found = [m.partition(": ")[2] for name in STRUCTURE_RULES for m in messages(name, text)]
    assert any(one.startswith(message) for one in found) if message else found == []


def test_a_session_without_properties() -> None:
    text = SESSION.partition("properties:")[0]
    assert messages("missing-key", text) == ["1: `properties` is missing from a Session document"]


def test_the_actions_of_the_schema_are_those_of_the_model() -> None:
    assert set(actions()) == ACTIONS


@pytest.mark.parametrize(
    ("action", "service", "operation", "renamed"),
    [
        ("aws:copyImage", "ec2", "CopyImage", {"Name", "Description", "DryRun"}),
        ("aws:createImage", "ec2", "CreateImage", {"Name", "Description", "DryRun"}),
        ("aws:createStack", "cloudformation", "CreateStack", set()),
        ("aws:deleteStack", "cloudformation", "DeleteStack", set()),
        ("aws:executeStateMachine", "stepfunctions", "StartExecution", set()),
        ("aws:invokeLambdaFunction", "lambda", "Invoke", set()),
        ("aws:runCommand", "ssm", "SendCommand", set()),
        ("aws:runInstances", "ec2", "RunInstances", {"MinCount", "MaxCount", "DryRun"}),
    ],
)
def test_actions_that_hand_on_to_an_operation_know_its_parameters(
    action: str, service: str, operation: str, renamed: set[str]
) -> None:
    model = get_session().get_service_model(service).operation_model(operation).input_shape
    assert set(model.members) - renamed <= set(actions()[action]["properties"])


@pytest.mark.parametrize(
    ("action", "inputs", "key"),
    [
        ("runCommand", "Targets: [{Key: 'tag:a', Value: [b]}]", "Value"),
        ("runCommand", "CloudWatchOutputConfig: {CloudWatchOutput: true}", "CloudWatchOutput"),
        ("executeAutomation", "TargetLocations: [{Account: ['1']}]", "Account"),
        ("executeAutomation", "Targets: [{Key: 'tag:a', Values: [b]}]", None),
        ("createStack", "Parameters: [{Key: a, ParameterValue: b}, '{{ more }}']", "Key"),
    ],
)
def test_keys_of_items_are_known(action: str, inputs: str, key: str | None) -> None:
    step = f"  - {{name: a, action: 'aws:{action}', inputs: {{{inputs}}}}}\n"
    found = places("unknown-key", f"schemaVersion: '0.3'\nmainSteps:\n{step}")
    assert [text for _, text in found] == ([key] if key else [])
