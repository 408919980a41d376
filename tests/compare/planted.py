"""Defects planted in good documents of `fixtures/automation/good`, one at a time.

Each is one change of one place, as a slip of somebody who writes runbooks, and names the rule
that has to report it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

GOOD = Path(__file__).parents[2] / "fixtures" / "automation" / "good"


@dataclass(frozen=True, slots=True)
class Plant:
    """One defect."""

    name: str
    file: str
    old: str
    new: str
    rule: str

    @property
    def good(self) -> str:
        """The text before."""
        return (GOOD / self.file).read_text(encoding="utf-8")

    @property
    def text(self) -> str:
        """The text with the defect.  Raises ValueError where there is no such place."""
        text = self.good
        if text.count(self.old) == 0:
            raise ValueError(f"{self.name}: {self.file} has no {self.old!r}")
        return text.replace(self.old, self.new, 1)


STOP, ROOT, PATCH = (
    "stop-instances-in-turn.yaml",
    "restore-root-volume.json",
    "patch-by-system.yaml",
)
IMAGE, JOB = "golden-image.yml", "wait-for-job.yaml"
CHANGE, LOG, PORT = "change-template.yaml", "session-log.yaml", "session-port.json"
PREFERENCES = "session-preferences.json"

#: What AWS's language server finds, too: structure.
STRUCTURE = (
    Plant("misspelt top-level key", STOP, "mainSteps:", "mainStep:", "unknown-key"),
    Plant("misspelt key of a step", PATCH, "  nextStep: evidence", "  nextstep: evidence", "unknown-key"),
    Plant("key of a Command step", PATCH, "  isEnd: true\n", "  precondition: {}\n", "unknown-key"),
    Plant("step without a name", IMAGE, "  - name: network\n    action", "  - action", "missing-key"),
    Plant("step without inputs", PATCH, "  inputs:\n    Service: ssm\n    Api: ListC", "  input:\n    Service: ssm\n    Api: ListC", "unknown-key"),
    Plant("required input missing", IMAGE, "      DesiredState: terminated\n", "", "missing-key"),
    Plant("unknown action", PATCH, "action: aws:approve", "action: aws:approval", "unknown-action"),
    Plant("plugin as action", PATCH, "action: aws:runCommand", "action: aws:runShellScript", "unknown-action"),
    Plant("wrong schema version", PATCH, '"0.3"', '"0.4"', "unsupported-schema-version"),
    Plant("list for a text", PATCH, "DocumentName: AWS-RunPatchBaseline", "DocumentName: [AWS-RunPatchBaseline]", "wrong-type"),
    Plant("attempts in words", STOP, "maxAttempts: 3", "maxAttempts: thrice", "wrong-type"),
    Plant("unknown type of parameter", PATCH, "type: StringList", "type: Stringlist", "unknown-parameter-type"),
    Plant("unknown type of output", STOP, "Type: StringList", "Type: List", "invalid-value"),
    Plant("onFailure without step:", IMAGE, "onFailure: step:removeStack", "onFailure: removeStack", "malformed-jump"),
    Plant("boolean default in quotes", ROOT, '"default": false', '"default": "false"', "default-of-wrong-type"),
    Plant("allowed values of another type", ROOT, "[true, false]", '["true", "false"]', "mistyped-allowed-value"),
    Plant("unknown field of a parameter", ROOT, '"allowedPattern"', '"allowedPatern"', "unknown-key"),
    Plant("no steps", CHANGE, "mainSteps:\n", "mainSteps: []\nsteps:\n", "missing-key"),
)  # fmt: skip

#: What a schema does not see: the order of steps.
STEPS = (
    Plant("nextStep to no step", PATCH, "nextStep: evidence", "nextStep: evidenc", "unknown-step"),
    Plant("choice to no step", PATCH, "NextStep: patchLinux", "NextStep: patchlinux", "unknown-step"),
    Plant("default to no step", PATCH, "Default: ask", "Default: asks", "unknown-step"),
    Plant("onFailure to no step", IMAGE, "onFailure: step:terminate", "onFailure: step:terminat", "unknown-step"),
    Plant("onCancel to a step that cannot run then", IMAGE, "onCancel: step:terminate", "onCancel: step:copyToIreland", "unsupported-cancel"),
    Plant("step that never runs", PATCH, "Default: ask", "Default: systemOf", "unreachable-step"),
    Plant("end in front of the rest", IMAGE, "  - name: update\n", "  - name: update\n    isEnd: true\n", "unreachable-step"),
    Plant("circle without a way out", PATCH, "    Details: true\n  isEnd: true", "    Details: true\n  nextStep: patchWindows", "endless-steps"),
    Plant("step that leads back", ROOT, '"nextStep": "isThereOne"', '"nextStep": "isThereOne", "onFailure": "step:describe"', "steps-in-a-circle"),
    Plant("end with a next step", ROOT, '"nextStep": "attach"', '"nextStep": "attach", "isEnd": true', "next-step-after-end"),
    Plant("end of a branch with a default", PATCH, "    Default: ask\n", "    Default: ask\n  isEnd: true\n", "ineffective-jump"),
    Plant("two steps of one name", IMAGE, "name: tagImages", "name: image", "duplicate-step-name"),
    Plant("hyphen in the name of a step", JOB, "name: hook", "name: web-hook", "invalid-step-name"),
    Plant("condition without operation", PATCH, "    - NextStep: systemOf\n      Variable: \"{{Operation}}\"\n      StringEquals: Scan\n", "    - NextStep: systemOf\n      Variable: \"{{Operation}}\"\n", "incomplete-condition"),
    Plant("unknown operation", PATCH, "EqualsIgnoreCase: linux", "EqualsIgnoringCase: linux", "unknown-key"),
    Plant("value that is never allowed", PATCH, "StringEquals: Scan", "StringEquals: scan", "impossible-choice"),
    Plant("Or with one condition", PATCH, "        - Variable: \"{{systemOf.ping}}\"\n          StartsWith: Connection\n", "", "missing-key"),
)  # fmt: skip

#: From the creation of the volume to the failure that deletes it.
_CREATION = """"onFailure": "Abort",
      "inputs": {
        "Service": "ec2",
        "Api": "CreateVolume",
        "AvailabilityZone": "{{ describe.zone }}",
        "SnapshotId": "{{ latestSnapshot.snapshot }}"
      },
      "outputs": [{ "Name": "volume", "Selector": "$.VolumeId", "Type": "String" }],
      "nextStep": "stop"
    },
    {
      "name": "stop",
      "action": "aws:changeInstanceState",
      "onFailure": "step:deleteVolume","""
_FAILURE_OF_CREATION = _CREATION.replace("step:deleteVolume", "Abort").replace(
    "Abort", "step:deleteVolume", 1
)

#: What references lead to.
REFERENCES = (
    Plant("undeclared parameter", PATCH, "Patch {{ InstanceId }}?", "Patch {{ InstanceID }}?", "undeclared-parameter"),
    Plant("unused parameter", IMAGE, "InstanceType: '{{ InstanceType }}'", "InstanceType: t3.small", "unused-parameter"),
    Plant("output of no step", ROOT, "{{ describe.zone }}", "{{ describes.zone }}", "reference-to-unknown-step"),
    Plant("undeclared output", ROOT, "{{ describe.zone }}", "{{ describe.Zone1 }}", "undeclared-output"),
    Plant("output that the action does not have", IMAGE, "InstanceId: '{{ launch.InstanceIds }}'", "InstanceId: '{{ launch.InstanceId }}'", "undeclared-output"),
    Plant("output of a child runbook", JOB, "{{ inAllAccounts.Output }}", "{{ inAllAccounts.Message }}", "undeclared-output"),
    Plant("output of a later step", IMAGE, "image-{{ automation:EXECUTION_ID }}\n      Cap", "image-{{ launch.InstanceIds }}\n      Cap", "output-not-yet-there"),
    Plant("output of the other branch", PATCH, "CommandId: \"{{ patchWindows.CommandId }}\"", "CommandId: \"{{ patchLinux.CommandId }}\"", "output-not-yet-there"),
    Plant("output of a step that has failed", ROOT, _CREATION, _FAILURE_OF_CREATION, "output-of-failed-step"),
    Plant("part of an output", ROOT, '"DetachVolume", "VolumeId": "{{ describe.volume', '"DetachVolume", "VolumeId": "{{ latestSnapshot.Payload.volume', "selection-in-reference"),
    Plant("item of an output", IMAGE, "InstanceId: '{{ launch.InstanceIds }}'", "InstanceId: '{{ launch.InstanceIds[0] }}'", "selection-in-reference"),
    Plant("unknown system variable", STOP, "{{ global:REGION }}", "{{ global:region }}", "unknown-system-variable"),
    Plant("Parameter Store in a step", IMAGE, "SubnetId: '{{ Subnet }}'", "SubnetId: '{{ssm:/network/subnet}}'", "parameter-store-in-runbook"),
    Plant("undeclared variable", STOP, "Name: variable:lastInstance", "Name: variable:lastinstance", "undeclared-variable"),
    Plant("variable that nothing reads", STOP, "last of all {{ variable:lastInstance }}", "all", "unused-variable"),
    Plant("update of another type", JOB, "Value: '{{ ask.Rounds }}'", "Value: [1]", "mismatched-update"),
    Plant("default that refers to a parameter", IMAGE, "default: t3.small", "default: '{{ SourceImage }}'", "reference-in-default"),
    Plant("reference in a reference", STOP, "'{{ PauseBetween }}'", "'{{ {{ PauseBetween }} }}'", "nested-reference"),
    Plant("output of the runbook that is none", STOP, "- tell.MessageId", "- tell.Message", "undeclared-output"),
    Plant("output of the runbook in braces", STOP, "- tell.MessageId", "- '{{ tell.MessageId }}'", "malformed-runbook-output"),
    Plant("value of a turn behind the loop", STOP, "{{ variable:lastInstance }} (", "{{ variable:lastInstance }}{{ stopEach.CurrentIteratorValue }} (", "loop-value-out-of-place"),
)  # fmt: skip

#: What single steps and values say.
VALUES = (
    Plant("selector without its end", PATCH, "$.InstanceInformationList[0].PingStatus", "$.InstanceInformationList[0.PingStatus", "malformed-selector"),
    Plant("selector beside the payload", JOB, "$.Payload.id", "$.id", "selector-outside-payload"),
    Plant("output of an action declared again", JOB, "- Name: Rounds", "- Name: StatusCode", "reserved-output"),
    Plant("output declared twice", ROOT, '"Name": "device"', '"Name": "zone"', "duplicate-output"),
    Plant("output without a type", STOP, "        Selector: $.MessageId\n        Type: String\n", "        Selector: $.MessageId\n", "untyped-output"),
    Plant("duration that is none", JOB, "Duration: PT1M", "Duration: 1M", "malformed-time"),
    Plant("script that may last an hour", ROOT, '"timeoutSeconds": 120', '"timeoutSeconds": 3600', "timeout-beyond-limit"),
    Plant("more approvals than approvers", PATCH, "MinRequiredApprovals: 1\n    Approvers: \"{{ Approvers }}\"", "MinRequiredApprovals: 2\n    Approvers: [ann]", "impossible-approval"),
    Plant("topic of another name", PATCH, ":Automation-Approvals", ":Approvals", "misnamed-approval-topic"),
    Plant("loop over items under a condition", STOP, "      IteratorDataType: String\n", "      LoopCondition: {Variable: '{{ stopOne.OutputPayload }}', StringEquals: x}\n", "contradictory-inputs"),
    Plant("command without a target", PATCH, "    InstanceIds:\n    - \"{{ InstanceId }}\"\n    Parameters", "    Parameters", "missing-alternative"),
    Plant("too many turns", JOB, "MaxIterations: 60", "MaxIterations: 600", "value-out-of-limits"),
    Plant("name of a role for its ARN", PATCH, '"arn:aws:iam::123456789012:role/automation/patching"', "patching", "malformed-assume-role"),
    Plant("script that calls AWS without a role", ROOT, '  "assumeRole": "{{AutomationAssumeRole}}",\n', "", "missing-assume-role"),
    Plant("attachment that is not there", JOB, "      Runtime: PowerShell 7.4\n", "      Runtime: PowerShell 7.4\n      Attachment: report.zip\n", "missing-attachment"),
    Plant("checksum of another method", JOB, "outputs:\n  - hook", "files:\n  a.zip:\n    checksums: {sha256: 5d41402abc4b2a76b9719d911017c592}\noutputs:\n  - hook", "malformed-checksum"),
    Plant("name of a parameter with _", LOG, "path", "log_path", "invalid-parameter-name"),
    Plant("handler that the script lacks", ROOT, '"Handler": "latest"', '"Handler": "newest"', "missing-handler"),
    Plant("output that the script never returns", ROOT, "$.Payload.snapshot", "$.Payload.snapshotId", "output-never-returned"),
)  # fmt: skip

#: Session documents.
SESSIONS = (
    Plant("unknown type of session", PORT, '"Port"', '"Ports"', "invalid-value"),
    Plant("session without its type", PORT, '  "sessionType": "Port",\n', "", "missing-key"),
    Plant("port as a number", PORT, '"5432"', "5432", "wrong-type"),
    Plant("port that is none", PORT, '"5432"', '"543210"', "invalid-port"),
    Plant("unknown system", LOG, "  macos:", "  mac:", "unknown-key"),
    Plant("session that stays too long", PREFERENCES, '"20"', '"90"', "session-time-out-of-range"),
    Plant("prefix without a bucket", PREFERENCES, '"s3BucketName": "session-logs",\n    "s3KeyPrefix": ""', '"s3BucketName": "",\n    "s3KeyPrefix": "logs"', "ineffective-session-input"),
)  # fmt: skip

PLANTED = (*STRUCTURE, *STEPS, *REFERENCES, *VALUES, *SESSIONS)
