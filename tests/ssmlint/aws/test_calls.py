"""Calls of the AWS API beside botocore's models of it."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
from botocore.loaders import Loader
from botocore.model import ServiceModel

from ssmlint import aws
from ssmlint.aws.calls import ApiCall, api_calls_of
from ssmlint.aws.selecting import lost_in, shape_at
from ssmlint.aws.shapes import Shape, service, service_names
from ssmlint.engine import read
from ssmlint.source import Source


def call(inputs: str, more: str = "", parameters: str = "") -> ApiCall:
    """The call of a runbook with one step."""
    step = f"- name: x\n  action: aws:executeAwsApi\n{more}  inputs:\n{textwrap.indent(inputs, '    ')}"
    text = f"schemaVersion: '0.3'\nparameters: {{{parameters}}}\nmainSteps:\n{step}"
    (found,) = api_calls_of(read(Source("document.yaml", text)).documents[0])
    return found


def folder() -> str:
    found = aws.data_folder()
    assert found is not None
    return found


@pytest.mark.parametrize("name", ["ec2", "s3", "rds", "eks", "lambda", "ssm", "dynamodb"])
def test_the_models_are_read_as_botocore_reads_them(name: str) -> None:
    theirs = ServiceModel(Loader().load_service_model(name, "service-2"), name)
    ours = service(folder(), name)
    assert ours is not None
    assert set(ours.operations) == set(theirs.operation_names)
    for operation in theirs.operation_names[::7]:
        model = theirs.operation_model(operation)
        mine = ours.operation(operation)
        assert mine is not None
        takes, gives = model.input_shape, model.output_shape
        assert set(mine.input.members) == set(takes.members if takes else ())
        assert set(mine.output.members) == set(gives.members if gives else ())
        required = set(takes.required_members if takes else ())
        assert set(mine.input.required) == required - set(idempotency_tokens(takes))


def idempotency_tokens(shape: object) -> list[str]:
    members = getattr(shape, "members", {})
    return [name for name, member in members.items() if member.metadata.get("idempotencyToken")]


def test_the_services_are_botocores() -> None:
    assert list(service_names(folder())) == Loader().list_available_services("service-2")


@pytest.mark.parametrize(
    ("inputs", "operation"),
    [
        ("Service: ec2\nApi: DescribeInstances\n", "DescribeInstances"),
        ("Service: ec2\nApi: describe_instances\n", "DescribeInstances"),
        ("Service: rds\nApi: describe_db_instances\n", "DescribeDBInstances"),
        ("Service: EC2\nApi: describeInstances\n", "DescribeInstances"),
        ("Service: ec2\nApi: DescribeInstance\n", ""),
        ("Service: '{{ Service }}'\nApi: DescribeInstances\n", ""),
        ("Service: ec2\nApi: '{{ Api }}'\n", ""),
        ("Service: ../ec2\nApi: DescribeInstances\n", ""),
        ("Service: 2\nApi: [DescribeInstances]\n", ""),
    ],
)
def test_operations_by_name(inputs: str, operation: str) -> None:
    assert call(inputs).operation_name == operation


def said(inputs: str, parameters: str = "") -> list[str]:
    found = call(inputs, parameters=parameters)
    return [
        *(f"unknown {flaw.entry.key.text}" for flaw in found.unknown_members),
        *(f"missing {flaw.name}" for flaw in found.missing_members),
        *(f"{flaw.expected}, not {flaw.found}" for flaw in found.misfits),
    ]


STOP = "Service: ec2\nApi: StopInstances\n"


@pytest.mark.parametrize(
    ("inputs", "flaws"),
    [
        (STOP + "InstanceIds: [a]\n", []),
        (STOP + "InstanceIds: ['{{ a }}']\nForce: true\nDryRun: 'false'\n", []),
        (STOP + "InstanceIds: '{{ step.Ids }}'\n", []),
        (STOP + "InstanceIds: '[\"a\"]'\n", []),
        (STOP + "InstanceIds: a\n", ["a list, not a single value"]),
        (STOP + "InstanceIds: {a: b}\n", ["a list, not a mapping"]),
        (STOP + "InstanceIds: [[a]]\n", ["a value of type string, not a list"]),
        (STOP + "InstanceIds: [a]\nForce: maybe\n", ["a value of type boolean, not `maybe`"]),
        (STOP, ["missing InstanceIds"]),
        (STOP + "instanceIds: [a]\n", ["unknown instanceIds", "missing InstanceIds"]),
        (STOP + "<<: {InstanceIds: [a]}\n", []),
        ("Service: s3\nApi: ListBuckets\n", []),
        ("Service: s3\nApi: DeleteBucket\nBucket: a\n", []),
        ("Service: eks\nApi: DescribeCluster\nname: a\n", []),
        ("Service: rds\nApi: CopyDBSnapshot\nSourceDBSnapshotIdentifier: a\n"
         "TargetDBSnapshotIdentifier: b\nSourceRegion: c\n", []),
        ("Service: ec2\nApi: RunInstances\nMinCount: 1\nMaxCount: '{{ n }}'\nImageId: a\n", []),
        ("Service: ec2\nApi: RunInstances\nMinCount: one\nMaxCount: 1\n",
         ["a value of type integer, not `one`"]),
        ("Service: ssm\nApi: StartAutomationExecution\nDocumentName: a\n"
         "Parameters: {Anything: [b]}\n", []),
        ("Service: ssm\nApi: StartAutomationExecution\nDocumentName: a\n"
         "Parameters: {Anything: b}\n", ["a list, not a single value"]),
        ("Service: ec2\nApi: DescribeInstances\nFilters: [{Name: a, Value: [b]}]\n",
         ["unknown Value"]),
        ("Service: s3\nApi: PutBucketEncryption\nBucket: a\nServerSideEncryptionConfiguration:\n"
         "  Rules: [{ApplyServerSideEncryptionByDefault: {KMSMasterKeyID: a}}]\n",
         ["missing SSEAlgorithm"]),
        ("Service: ec2\nApi: CreateTags\nResources: [a]\nTags: [{Key: a, Value: ''}, '{{ t }}']\n", []),
        ("Service: cloudformation\nApi: CreateStack\nStackName: a\n", []),
        ("Service: secretsmanager\nApi: CreateSecret\nName: a\n", []),
    ],
)  # fmt: skip
def test_inputs_that_fit_and_that_do_not(inputs: str, flaws: list[str]) -> None:
    assert said(inputs) == flaws


@pytest.mark.parametrize(
    ("kind", "fits"),
    [("String", False), ("StringList", True), ("AWS::EC2::Instance::Id", True), ("MapList", True)],
)
def test_parameters_in_the_place_of_lists(kind: str, fits: bool) -> None:
    found = said(STOP + "InstanceIds: '{{ Ids }}'\n", f"Ids: {{type: '{kind}'}}")
    assert (found == []) is fits


INSTANCES = service(folder(), "ec2")


def reply(operation: str) -> Shape:
    assert INSTANCES is not None
    found = INSTANCES.operation(operation)
    assert found is not None
    return found.output


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("$.Reservations[0].Instances[0].State.Name", None),
        ("$.Reservations[*].Instances[*].Tags[?(@.Key == 'a')].Value", None),
        ("$.Reservations..InstanceId", None),
        ("$['Reservations'][0]['Instances']", None),
        ("$.Reservations[0].Instances.length()", None),
        ("$.Reservations.Instances.InstanceId", None),
        ("$.Reservations[-1:].Instances[0:2].InstanceId", None),
        ("$.ResponseMetadata.RequestId", None),
        ("$", None),
        ("Reservations", None),
        ("", None),
        ("$.Reservation[0]", "Reservation"),
        ("$.Reservations[0].Instances[0].Status.Name", "Status"),
        ("$['Reservations'][0]['Instance']", "Instance"),
        ("$.reservations", "reservations"),
        ("$.Reservations[0].ResponseMetadata", "ResponseMetadata"),
    ],
)
def test_where_selectors_lead(path: str, name: str | None) -> None:
    lost = lost_in(path, reply("DescribeInstances"))
    assert (lost.name if lost else None) == name
    assert lost is None or path[lost.start : lost.end] == name


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("$.Reservations[0].Instances[0].State.Name", "running"),
        ("$.Reservations.Instances.State.Name", "running"),
        ("$.Reservations[0].Instances[0].InstanceId", None),
        ("$.Reservations[0].Instances[?(@.State)].State.Name", None),
        ("$.Reservations[0].Instances[0].State.Name.length()", None),
        ("Reservations[0].Instances[0].State.Name", None),
        ("$..State.Name", None),
        ("$.Nothing", None),
    ],
)
def test_what_values_a_selector_leads_to(path: str, value: str | None) -> None:
    found = shape_at(path, reply("DescribeInstances"))
    assert value in found.values if found and found.values else value is None


def test_steps_inside_of_loops_are_calls_too() -> None:
    text = (
        "schemaVersion: '0.3'\nmainSteps:\n- name: l\n  action: aws:loop\n  inputs:\n"
        "    Iterators: [a]\n    Steps:\n    - {name: x, action: 'aws:executeAwsApi',"
        " inputs: {Service: ec2, Api: StopInstances, InstanceIds: [a]}}\n"
    )
    (found,) = api_calls_of(read(Source("document.yaml", text)).documents[0])
    assert found.operation_name == "StopInstances"


def test_without_botocore_nothing_is_known(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(aws, "data_folder", lambda: None)
    (document,) = read(Source("document.yaml", "schemaVersion: '0.3'\nmainSteps:\n"
        "- {name: x, action: 'aws:executeAwsApi', inputs: {Service: s, Api: a}}\n")).documents  # fmt: skip
    assert api_calls_of(document) == ()
    notice = aws.missing()
    assert notice is not None
    assert "ssmlint[aws]" in notice


def test_models_that_can_not_be_read_are_none(tmp_path: Path) -> None:
    (tmp_path / "odd" / "2020-01-01").mkdir(parents=True)
    assert service(str(tmp_path), "odd") is None
    (tmp_path / "odd" / "2020-01-01" / "service-2.json").write_text("{")
    assert service(str(tmp_path), "none") is None
    service.cache_clear()
    assert service(str(tmp_path), "odd") is None
