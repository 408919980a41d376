"""Every decidable row of what is known about policies: a bad and a good one, and the rule.

The ids are those of the project's collection of facts about the DLM API: `R` the request,
`T` targets, `C` schedules, `K` creation and cron, `V` scripts, `E` retention, `A` archive,
`F` fast restore, `X-` copies, `H` shares, `P` deprecation, `Q` parameters, `B` event-based
and `G` default policies.  Which member belongs to which kind is in `test_members.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.rules.policy.build import (
    MONTHLY,
    NIGHTLY,
    ROLE,
    TAG,
    archive,
    copies,
    copy,
    default,
    event,
    event_action,
    event_parameters,
    images,
    instances,
    request,
    sap_hana,
    schedule,
    script,
    simplified,
    volumes,
    vss,
)

ERROR, WARNING, INFO = "error", "warning", "info"


@dataclass(frozen=True)
class Row:
    """One row of the facts as a test."""

    id: str
    rule: str
    severity: str
    bad: Any
    good: Any
    at: str
    """What stands at the finding's place in the bad policy."""
    also: tuple[str, ...] = field(default=())
    """Other rules that rightly speak of the same mistake."""


def created(**members: Any) -> Any:
    """A snapshot policy for volumes with this creation rule."""
    return volumes(schedule(CreateRule=members))


def cron(expression: str) -> Any:
    return created(CronExpression=expression)


def kept(**members: Any) -> Any:
    """A snapshot policy for volumes with this retention."""
    return volumes(schedule(RetainRule=members))


def shared(retain: Any, **share: Any) -> Any:
    rule = {"TargetAccounts": ["111122223333"], **share}
    return volumes(schedule(RetainRule=retain, ShareRules=[rule]))


def fast(**members: Any) -> Any:
    rule = {"AvailabilityZones": ["eu-west-1a"], **members}
    return volumes(schedule(FastRestoreRule=rule))


def deprecated(retain: Any, rule: Any) -> Any:
    return images(schedule(RetainRule=retain, DeprecateRule=rule))


def tagged(*tags: Any) -> Any:
    return volumes(schedule(TagsToAdd=list(tags)))


def placed(resources: str, location: str, **members: Any) -> Any:
    create = {**NIGHTLY, "Location": location}
    return volumes(schedule(CreateRule=create, **members), ResourceLocations=[resources])


def stored(details: Any, **members: Any) -> Any:
    """What `get-lifecycle-policy` prints."""
    policy = {
        "PolicyId": "policy-0123456789abcdef0",
        "Description": "Nightly snapshots",
        "State": "ENABLED",
        "ExecutionRoleArn": ROLE,
        "DateCreated": "2026-01-01T03:00:00+00:00",
        "PolicyDetails": details,
        "PolicyArn": "arn:aws:dlm:eu-west-1:111122223333:policy/policy-0123456789abcdef0",
        **members,
    }
    return {"Policy": policy}


WEEKLY = {"CronExpression": "cron(0 13 ? * SUN *)"}
DAYS_7 = {"Interval": 7, "IntervalUnit": "DAYS"}
COPY_RULE = copy()
TIER_12 = {"Count": 12}
MANY_TAGS = [{"Key": f"key-{number}", "Value": "x"} for number in range(45)]
VARIABLES = [{"Key": f"variable-{number}", "Value": "$(instance-id)"} for number in range(6)]

ROWS = (
    Row("R1", "missing-policy-member", ERROR, request(State=None), request(), '"ExecutionRoleArn"'),
    Row("R1", "missing-policy-member", ERROR, request(Description=None), request(), '"ExecutionRoleArn"'),
    Row("R2", "malformed-policy-value", ERROR, request(ExecutionRoleArn="backup-role"), request(), '"backup-role"'),
    Row("R2", "malformed-account-id", WARNING, request(ExecutionRoleArn="arn:aws:iam::12345678910:role/x"), request(), '"arn:aws:iam::12345678910:role/x"'),
    Row("R3", "malformed-policy-value", ERROR, request(Description="Nightly (30 days)."), request(), '"Nightly (30 days)."'),
    Row("R3", "malformed-policy-value", WARNING, request(Description=""), request(), '""'),
    Row("R3", "policy-value-out-of-range", ERROR, request(Description="x" * 501), request(Description="x" * 500), '"' + "x" * 501 + '"'),
    Row("R4", "unknown-policy-value", ERROR, request(State="ENABLEDX"), request(State="DISABLED"), '"ENABLEDX"'),
    Row("R4", "unknown-policy-value", ERROR, request(State="ERROR"), stored(volumes(), State="ERROR"), '"ERROR"'),
    Row("R5", "wrong-policy-type", ERROR, request(Tags=[{"Key": "a", "Value": "b"}]), request(Tags={"a": "b"}), '"Tags"'),
    Row("R5", "malformed-policy-value", ERROR, request(Tags={"cost center": "b"}), request(Tags={"cost-center": "b"}), '"cost center"'),
    Row("R5", "malformed-policy-value", ERROR, request(Tags={"aws:a": "b"}), request(Tags={"my:a": "b"}), '"aws:a"'),
    Row("R5", "policy-value-out-of-range", ERROR, request(Tags={}), request(Tags={"a": "b"}), '"Tags"'),
    Row("R5", "policy-value-out-of-range", ERROR, request(Tags={"a": "x" * 257}), request(Tags={"a": "x" * 256}), '"' + "x" * 257 + '"'),
    Row("R6", "too-many-tags", WARNING, request(Tags={f"a{n}": "b" for n in range(46)}), request(Tags={f"a{n}": "b" for n in range(45)}), '"Tags"'),
    Row("R7", "unknown-policy-value", ERROR, default("SNAPSHOT"), default("VOLUME"), '"SNAPSHOT"'),
    Row("R7", "member-of-other-policy-kind", ERROR, request(CreateInterval=1), default(CreateInterval=1), '"CreateInterval"'),
    Row("R8", "setting-given-twice", ERROR, simplified(CreateInterval=1) | {"CreateInterval": 2}, simplified(CreateInterval=2), '"CreateInterval"'),
    Row("R8", "member-of-other-policy-kind", ERROR, request(CopyTags=True), default(CopyTags=True), '"CopyTags"'),
    Row("R11", "malformed-policy-value", ERROR, {"PolicyId": "policy-XYZ", "PolicyDetails": volumes()}, {"PolicyId": "policy-0a", "PolicyDetails": volumes()}, '"policy-XYZ"'),
    Row("R11", "malformed-policy-value", ERROR, stored(volumes(), PolicyArn="arn:aws:dlm:policy"), stored(volumes()), '"arn:aws:dlm:policy"'),
    #
    Row("T1", "wrong-policy-type", ERROR, volumes(ResourceTypes="VOLUME"), volumes(), '"VOLUME"'),
    Row("T1", "wrong-policy-type", ERROR, volumes(ResourceLocations="OUTPOST"), volumes(ResourceLocations=["OUTPOST"]), '"OUTPOST"'),
    Row("T1", "wrong-policy-type", ERROR, created(**NIGHTLY, Location=["CLOUD"]), created(**NIGHTLY, Location="CLOUD"), '"Location"'),
    Row("T1", "policy-value-out-of-range", ERROR, volumes(ResourceTypes=["VOLUME", "VOLUME"]), volumes(), '"ResourceTypes"'),
    Row("T1", "unknown-policy-value", ERROR, volumes(ResourceTypes=["VOLUMES"]), volumes(), '"VOLUMES"'),
    Row("T2", "missing-policy-member", ERROR, volumes(TargetTags=[{"Key": "a"}]), volumes(), '"Key"'),
    Row("T2", "policy-value-out-of-range", ERROR, volumes(TargetTags=[]), volumes(), '"TargetTags"'),
    Row("T2", "policy-value-out-of-range", ERROR, volumes(TargetTags=[{"Key": "a", "Value": str(n)} for n in range(51)]), volumes(TargetTags=[{"Key": "a", "Value": str(n)} for n in range(50)]), '"TargetTags"'),
    Row("T2", "missing-policy-member", ERROR, volumes(TargetTags=None), volumes(), '"EBS_SNAPSHOT_MANAGEMENT"'),
    Row("T3", "several-target-tags", INFO, volumes(TargetTags=[TAG, {"Key": "team", "Value": "a"}]), volumes(TargetTags=[TAG, {"Key": "backup", "Value": "hourly"}]), '"team"'),
    Row("T4", "unusable-tag", ERROR, volumes(TargetTags=[{"Key": "a=b", "Value": "c"}]), volumes(TargetTags=[{"Key": "a:b", "Value": "c=d"}]), '"a=b"'),
    Row("T4", "unusable-tag", ERROR, volumes(TargetTags=[{"Key": "a\\b", "Value": "c"}]), volumes(), '"a\\\\b"'),
    Row("T5", "duplicate-policy-tag", WARNING, volumes(TargetTags=[TAG, TAG]), volumes(TargetTags=[TAG, {**TAG, "Value": "x"}]), '"backup"'),
    Row("T7", "impossible-snapshot-location", ERROR, placed("CLOUD", "OUTPOST_LOCAL"), placed("CLOUD", "CLOUD"), '"OUTPOST_LOCAL"'),
    Row("T7", "impossible-snapshot-location", ERROR, created(**NIGHTLY, Location="LOCAL_ZONE"), created(**NIGHTLY, Location="CLOUD"), '"LOCAL_ZONE"'),
    Row("T8", "impossible-snapshot-location", ERROR, placed("OUTPOST", "LOCAL_ZONE"), placed("OUTPOST", "OUTPOST_LOCAL"), '"LOCAL_ZONE"'),
    Row("T8", "unknown-policy-value", ERROR, placed("OUTPOST", "OUTPOST"), placed("OUTPOST", "CLOUD"), '"OUTPOST"'),
    Row("T9", "impossible-snapshot-location", ERROR, placed("LOCAL_ZONE", "OUTPOST_LOCAL"), placed("LOCAL_ZONE", "LOCAL_ZONE"), '"OUTPOST_LOCAL"'),
    Row("T10", "unsupported-outside-region", ERROR, placed("OUTPOST", "OUTPOST_LOCAL", CrossRegionCopyRules=[COPY_RULE]), placed("OUTPOST", "CLOUD", CrossRegionCopyRules=[COPY_RULE]), '"CrossRegionCopyRules"'),
    Row("T10", "unsupported-outside-region", ERROR, placed("LOCAL_ZONE", "LOCAL_ZONE", CrossRegionCopyRules=[COPY_RULE]), placed("LOCAL_ZONE", "LOCAL_ZONE", CrossRegionCopyRules=[]), '"CrossRegionCopyRules"'),
    Row("T11", "unsupported-outside-region", ERROR, placed("OUTPOST", "OUTPOST_LOCAL", FastRestoreRule={"Count": 1, "AvailabilityZones": ["eu-west-1a"]}), placed("OUTPOST", "CLOUD", FastRestoreRule={"Count": 1, "AvailabilityZones": ["eu-west-1a"]}), '"FastRestoreRule"'),
    #
    Row("C1", "policy-value-out-of-range", ERROR, volumes(Schedules=[]), volumes(), '"Schedules"'),
    Row("C1", "policy-value-out-of-range", ERROR, volumes(*(schedule(Name=f"s{n}", CreateRule={"CronExpression": f"cron(0 {n} * * ? *)"}) for n in range(5))), volumes(*(schedule(Name=f"s{n}", CreateRule={"CronExpression": f"cron(0 {n} * * ? *)"}) for n in range(4))), '"Schedules"'),
    Row("C2", "malformed-policy-value", ERROR, volumes(schedule(Name="nightly.")), volumes(schedule(Name="night-ly_1 a")), '"nightly."'),
    Row("C2", "policy-value-out-of-range", ERROR, volumes(schedule(Name="x" * 121)), volumes(schedule(Name="x" * 120)), '"' + "x" * 121 + '"'),
    Row("C3", "missing-policy-member", WARNING, volumes(schedule(RetainRule=None)), volumes(), '"nightly"'),
    Row("C3", "missing-policy-member", WARNING, volumes(schedule(CreateRule=None)), volumes(), '"nightly"'),
    Row("C3", "missing-policy-member", WARNING, images(schedule(CreateRule=None, DeprecateRule={"Count": 3})), images(schedule(DeprecateRule={"Count": 3})), '"nightly"'),
    Row("C4", "mixed-retention-types", WARNING, volumes(schedule(), schedule(Name="weekly", CreateRule=WEEKLY, RetainRule=DAYS_7)), volumes(schedule(RetainRule=DAYS_7), schedule(Name="weekly", CreateRule=WEEKLY, RetainRule=DAYS_7)), "7"),
    Row("C5", "coinciding-schedules", INFO, volumes(schedule(), schedule(Name="weekly", CreateRule={"CronExpression": "cron(0 3 ? * SUN *)"})), volumes(schedule(), schedule(Name="weekly", CreateRule=WEEKLY)), '"weekly"'),
    Row("C5", "coinciding-schedules", INFO, volumes(schedule(), schedule(Name="often", CreateRule={"Interval": 6, "IntervalUnit": "HOURS", "Times": ["09:00"]})), volumes(schedule(), schedule(Name="often", CreateRule={"Interval": 6, "IntervalUnit": "HOURS", "Times": ["10:00"]})), '"often"'),
    Row("C6", "indistinct-schedule-name", INFO, volumes(schedule(), schedule(CreateRule=WEEKLY)), volumes(schedule(), schedule(Name="weekly", CreateRule=WEEKLY)), '"nightly"'),
    Row("C6", "indistinct-schedule-name", INFO, volumes(schedule(), schedule(Name=None, CreateRule=WEEKLY)), volumes(schedule(Name=None)), '"CreateRule"'),
    Row("C8", "unsupported-vss-option", ERROR, instances(schedule(CopyTags=True, CreateRule=vss()["Schedules"][0]["CreateRule"])), instances(schedule(CopyTags=False, CreateRule=vss()["Schedules"][0]["CreateRule"])), '"CopyTags"'),
    Row("C9", "unknown-policy-member", ERROR, volumes(schedule(Tags=[TAG])), tagged(TAG), '"Tags"'),
    Row("C9", "policy-value-out-of-range", ERROR, tagged(*MANY_TAGS, TAG), tagged(*MANY_TAGS), '"TagsToAdd"'),
    Row("C10", "unusable-tag", WARNING, tagged({"Key": "", "Value": "x"}), tagged(TAG), '""'),
    Row("C10", "unusable-tag", WARNING, tagged({"Key": "AWS:x", "Value": "x"}), tagged({"Key": "awsx", "Value": "x"}), '"AWS:x"'),
    Row("C10", "unusable-tag", WARNING, tagged({"Key": "k" * 129, "Value": "x"}), tagged({"Key": "k" * 128, "Value": "x"}), '"' + "k" * 129 + '"'),
    Row("C10", "unusable-tag", WARNING, tagged({"Key": "k", "Value": "x" * 257}), tagged({"Key": "k", "Value": "x" * 256}), '"' + "x" * 257 + '"'),
    Row("C11", "too-many-tags", WARNING, instances(schedule(TagsToAdd=MANY_TAGS, VariableTags=VARIABLES)), instances(schedule(TagsToAdd=MANY_TAGS, VariableTags=VARIABLES[:5])), '"nightly"'),
    Row("C12", "unknown-tag-variable", ERROR, instances(schedule(VariableTags=[{"Key": "a", "Value": "$(instance_id)"}])), instances(schedule(VariableTags=[{"Key": "a", "Value": "$(timestamp)"}])), '"$(instance_id)"'),
    Row("C12", "unknown-tag-variable", WARNING, images(schedule(VariableTags=[{"Key": "a", "Value": "$(timestamp)"}])), images(schedule(VariableTags=[{"Key": "a", "Value": "$(instance-id)"}])), '"$(timestamp)"'),
    Row("C13", "duplicate-policy-tag", WARNING, tagged(TAG, {"Key": "backup", "Value": "b"}), tagged(TAG, {"Key": "Backup", "Value": "b"}), '"backup"'),
    Row("C13", "duplicate-policy-tag", WARNING, instances(schedule(TagsToAdd=[TAG], VariableTags=[{"Key": "backup", "Value": "$(timestamp)"}])), instances(schedule(TagsToAdd=[TAG], VariableTags=[{"Key": "at", "Value": "$(timestamp)"}])), '"backup"'),
    #
    Row("K1", "cron-and-interval", ERROR, created(**NIGHTLY, Interval=24, IntervalUnit="HOURS"), created(Interval=24, IntervalUnit="HOURS"), '"Interval"'),
    Row("K1", "cron-and-interval", ERROR, created(**NIGHTLY, Times=["03:00"]), created(**NIGHTLY), '"Times"'),
    Row("K2", "missing-creation-time", ERROR, created(Location="CLOUD"), created(**NIGHTLY, Location="CLOUD"), '"CreateRule"'),
    Row("K2", "missing-creation-time", ERROR, created(Interval=12), created(Interval=12, IntervalUnit="HOURS"), '"Interval"'),
    Row("K3", "unknown-policy-value", ERROR, created(Interval=5, IntervalUnit="HOURS"), created(Interval=6, IntervalUnit="HOURS"), "5"),
    Row("K3", "unknown-policy-value", ERROR, created(Interval=24, IntervalUnit="DAYS"), created(Interval=24, IntervalUnit="HOURS"), '"DAYS"'),
    Row("K4", "malformed-policy-value", ERROR, created(Interval=24, IntervalUnit="HOURS", Times=["9:00"]), created(Interval=24, IntervalUnit="HOURS", Times=["09:00"]), '"9:00"'),
    Row("K4", "malformed-policy-value", ERROR, created(Interval=24, IntervalUnit="HOURS", Times=["24:00"]), created(Interval=24, IntervalUnit="HOURS", Times=["23:59"]), '"24:00"'),
    Row("K4", "policy-value-out-of-range", ERROR, created(Interval=12, IntervalUnit="HOURS", Times=["09:00", "21:00"]), created(Interval=12, IntervalUnit="HOURS", Times=["09:00"]), '"Times"'),
    Row("K5", "invalid-cron", ERROR, cron("cron(hello world!)"), cron("cron(0 9 * * ? *)"), "hello world!"),
    Row("K5", "invalid-cron", ERROR, cron("cron(0 9 * * *)"), cron("cron(0 9 * * ? *)"), "0 9 * * *"),
    Row("K6", "invalid-cron", ERROR, cron("cron(0,9,*,*,?,* 1)"), cron("cron(0  9 *  * ? *)"), "0,9,*,*,?,* 1"),
    Row("K7", "invalid-cron", ERROR, cron("cron(60 9 * * ? *)"), cron("cron(59 9 * * ? *)"), "60"),
    Row("K7", "invalid-cron", ERROR, cron("cron(0 9 ? * 0 *)"), cron("cron(0 9 ? * 7 *)"), "0"),
    Row("K7", "invalid-cron", WARNING, cron("cron(0 9 ? * */2 *)"), cron("cron(0 9 ? * 1,3,5,7 *)"), "*/2"),
    Row("K8", "invalid-cron", ERROR, cron("cron(0 9 * * MON *)"), cron("cron(0 9 ? * MON *)"), "* * MON"),
    Row("K8", "invalid-cron", ERROR, cron("cron(0 9 ? * ? *)"), cron("cron(0 9 1 * ? *)"), "? * ?"),
    Row("K9", "invalid-cron", ERROR, cron("cron(0 9 ? * 3#1,6#3 *)"), cron("cron(0 9 ? * 3#1 *)"), "3#1,6#3"),
    Row("K10", "invalid-cron", ERROR, cron("cron(0 0 17 ? * FRI *)"), cron("cron(0 17 ? * FRI *)"), "0 0 17 ? * FRI *"),
    Row("K11", "invalid-cron", ERROR, cron("rate(12     hours)"), cron("cron(0 0/12 * * ? *)"), "rate(12     hours)"),
    Row("K11", "invalid-cron", ERROR, cron("at(2030-01-01T00:00:00)"), cron("cron(0 0/12 * * ? *)"), "at(2030-01-01T00:00:00)"),
    Row("K12", "schedule-interval-out-of-range", ERROR, cron("cron(0,30 9 * * ? *)"), cron("cron(30 0/1 * * ? *)"), '"cron(0,30 9 * * ? *)"'),
    Row("K12", "schedule-interval-out-of-range", ERROR, cron("cron(0 9 29 2 ? *)"), cron("cron(0 9 ? 1 MON#1 *)"), '"cron(0 9 29 2 ? *)"'),
    Row("K12", "schedule-interval-out-of-range", ERROR, cron("cron(0 9 1 1 ? 2026/2)"), cron("cron(0 9 1 1 ? 2026/1)"), '"cron(0 9 1 1 ? 2026/2)"'),
    Row("K12", "schedule-never-fires", ERROR, cron("cron(0 9 1 * ? 2019)"), cron("cron(0 9 1 * ? 2100)"), '"cron(0 9 1 * ? 2019)"'),
    Row("K12", "schedule-never-fires", ERROR, cron("cron(0 9 31 4 ? *)"), cron("cron(0 9 30 4 ? *)"), '"cron(0 9 31 4 ? *)"'),
    Row("K13", "one-shot-schedule", WARNING, cron("cron(0 9 1 1 ? 2100)"), cron("cron(0 9 1 1 ? 2100-2101)"), '"cron(0 9 1 1 ? 2100)"'),
    Row("K14", "too-frequent-archiving", ERROR, archive({"Interval": 24, "IntervalUnit": "HOURS"}, {"Count": 1}, {"Count": 90}), archive(MONTHLY, {"Count": 1}, TIER_12), '"ArchiveRule"'),
    Row("K15", "policy-value-out-of-range", ERROR, instances(schedule(CreateRule={**NIGHTLY, "Scripts": [{"ExecutionHandler": "one", "ExecutionTimeout": 60}, {"ExecutionHandler": "two", "ExecutionTimeout": 60}]})), script(), '"Scripts"'),
    #
    Row("V0", "member-of-other-policy-kind", ERROR, script() | {"ResourceTypes": ["VOLUME"]}, script(), '"Scripts"'),
    Row("V0", "member-of-other-policy-kind", ERROR, script() | {"PolicyType": "IMAGE_MANAGEMENT"}, script(), '"Scripts"'),
    Row("V1", "missing-policy-member", ERROR, script(ExecutionHandler=None), script(), '"ExecutionTimeout"'),
    Row("V1", "missing-policy-member", ERROR, script(ExecutionHandler=None, ExecutionHandlerService="AWS_SYSTEMS_MANAGER"), script(), '"ExecutionTimeout"'),
    Row("V1", "malformed-policy-value", ERROR, script(ExecutionHandler="arn:aws:ssm:eu-west-1:111122223333:document/Doc:$LATEST"), script(ExecutionHandler="Doc:1"), '"arn:aws:ssm:eu-west-1:111122223333:document/Doc:$LATEST"'),
    Row("V1", "malformed-policy-value", ERROR, script(ExecutionHandler="my document"), script(ExecutionHandler="my-document"), '"my document"'),
    Row("V1", "policy-value-out-of-range", ERROR, script(ExecutionHandler="A" * 201), script(ExecutionHandler="A" * 200), '"' + "A" * 201 + '"'),
    Row("V2", "misspelt-handler", ERROR, script(ExecutionHandler="AWS_VSS_Backup"), vss(), '"AWS_VSS_Backup"'),
    Row("V2", "misspelt-handler", ERROR, script(ExecutionHandler="AWSEC2-CreateVssSnapshot"), vss(), '"AWSEC2-CreateVssSnapshot"'),
    Row("V2", "misspelt-handler", ERROR, script(ExecutionHandler="AWSSystemsManagerSAP-CreateDLMSnapshotForSapHana"), sap_hana(), '"AWSSystemsManagerSAP-CreateDLMSnapshotForSapHana"'),
    Row("V3", "unsupported-vss-member", ERROR, vss(Stages=["PRE", "POST"]), vss(), '"Stages"'),
    Row("V3", "unsupported-vss-member", ERROR, vss(ExecutionHandlerService="AWS_SYSTEMS_MANAGER"), vss(MaximumRetryCount=3), '"ExecutionHandlerService"'),
    Row("V3", "unsupported-vss-member", ERROR, vss(ExecutionTimeout=60), vss(ExecuteOperationOnScriptFailure=False), '"ExecutionTimeout"'),
    Row("V4", "unsupported-vss-option", ERROR, vss() | {"Parameters": {"ExcludeDataVolumeTags": [TAG]}}, vss() | {"Parameters": {"ExcludeBootVolume": True}}, '"ExcludeDataVolumeTags"'),
    Row("V7", "sap-hana-crash-consistent", INFO, sap_hana(ExecuteOperationOnScriptFailure=None), sap_hana(), '"AWSSystemsManagerSAP-CreateDLMSnapshotForSAPHANA"'),
    Row("V7", "sap-hana-without-fast-restore", INFO, sap_hana(), instances(schedule(CreateRule=sap_hana()["Schedules"][0]["CreateRule"], FastRestoreRule={"Count": 1, "AvailabilityZones": ["eu-west-1a"]})), '"nightly"'),
    Row("V8", "unknown-policy-value", ERROR, script(Stages=["PRE", "MID"]), script(Stages=["PRE", "POST"]), '"MID"'),
    Row("V8", "policy-value-out-of-range", ERROR, script(Stages=[]), script(Stages=["PRE"]), '"Stages"'),
    Row("V8", "duplicate-stage", WARNING, script(Stages=["PRE", "PRE"]), script(Stages=["POST", "PRE"]), '"PRE"'),
    Row("V9", "failure-choice-without-pre-script", ERROR, script(Stages=["POST"], ExecuteOperationOnScriptFailure=True), script(Stages=["POST"]), '"ExecuteOperationOnScriptFailure"'),
    Row("V11", "unknown-policy-value", ERROR, script(ExecutionHandlerService="AWS_LAMBDA"), script(ExecutionHandlerService="AWS_SYSTEMS_MANAGER"), '"AWS_LAMBDA"'),
    Row("V12", "implicit-crash-consistent", INFO, script(), script(ExecuteOperationOnScriptFailure=False), '"freeze-and-thaw"'),
    Row("V13", "policy-value-out-of-range", ERROR, script(ExecutionTimeout=9), script(ExecutionTimeout=10), "9"),
    Row("V13", "policy-value-out-of-range", ERROR, script(ExecutionTimeout=121), script(ExecutionTimeout=120), "121"),
    Row("V13", "implicit-script-timeout", INFO, script(ExecutionTimeout=None), script(), '"freeze-and-thaw"'),
    Row("V14", "policy-value-out-of-range", ERROR, script(MaximumRetryCount=4), script(MaximumRetryCount=0), "4"),
    Row("V15", "wrong-policy-type", ERROR, script(ExecuteOperationOnScriptFailure="true"), script(ExecuteOperationOnScriptFailure=True), '"true"'),
    Row("V15", "wrong-policy-type", ERROR, script(ExecutionTimeout="60"), script(ExecutionTimeout=60), '"60"'),
    #
    Row("E1", "count-and-interval", ERROR, kept(Count=7, **DAYS_7), kept(**DAYS_7), '"Interval"'),
    Row("E1", "incomplete-retention", ERROR, kept(), kept(Count=1), '"RetainRule"'),
    Row("E1", "incomplete-retention", ERROR, kept(Interval=7), kept(**DAYS_7), '"Interval"'),
    Row("E1", "unknown-policy-value", ERROR, kept(Interval=7, IntervalUnit="DAY"), kept(**DAYS_7), '"DAY"'),
    Row("E2", "policy-value-out-of-range", ERROR, kept(Count=1001), kept(Count=1000), "1001"),
    Row("E2", "zero-retention", ERROR, kept(Count=0), archive(MONTHLY, {"Count": 0}, TIER_12), "0"),
    Row("E2", "zero-retention", ERROR, archive(MONTHLY, {"Count": 0}, TIER_12, CrossRegionCopyRules=[COPY_RULE]), archive(MONTHLY, {"Count": 0}, TIER_12, CrossRegionCopyRules=[]), "0", also=("lost-in-archive",)),
    Row("E2", "zero-retention", ERROR, volumes(schedule(RetainRule={"Count": 0}, FastRestoreRule={"Count": 1, "AvailabilityZones": ["eu-west-1a"]})), fast(Count=1), "0"),
    Row("E3", "zero-retention", ERROR, kept(Interval=0, IntervalUnit="DAYS"), archive(MONTHLY, {"Interval": 0, "IntervalUnit": "DAYS"}, {"Interval": 1, "IntervalUnit": "YEARS"}), "0"),
    Row("E3", "too-long-retention", ERROR, kept(Interval=40000, IntervalUnit="DAYS"), kept(Interval=36500, IntervalUnit="DAYS"), "40000"),
    Row("E3", "too-long-retention", ERROR, kept(Interval=5201, IntervalUnit="WEEKS"), kept(Interval=5200, IntervalUnit="WEEKS"), "5201"),
    Row("E4", "retention-shorter-than-schedule", INFO, volumes(schedule(CreateRule=MONTHLY, RetainRule=DAYS_7)), volumes(schedule(CreateRule=MONTHLY, RetainRule={"Interval": 1, "IntervalUnit": "MONTHS"})), "7"),
    Row("E5", "retention-shorter-than-schedule", INFO, volumes(schedule(CreateRule=WEEKLY, RetainRule={"Interval": 6, "IntervalUnit": "DAYS"})), volumes(schedule(CreateRule=WEEKLY, RetainRule=DAYS_7)), "6"),
    #
    Row("A1", "member-of-other-policy-kind", ERROR, archive(MONTHLY, {"Count": 1}, TIER_12) | {"ResourceTypes": ["INSTANCE"]}, archive(MONTHLY, {"Count": 1}, TIER_12), '"ArchiveRule"'),
    Row("A2", "several-archive-rules", ERROR, volumes(archive(MONTHLY, {"Count": 1}, TIER_12)["Schedules"][0], schedule(Name="yearly", CreateRule={"CronExpression": "cron(0 13 1 1 ? *)"}, RetainRule={"Count": 1}, ArchiveRule={"RetainRule": {"RetentionArchiveTier": TIER_12}})), volumes(archive(MONTHLY, {"Count": 1}, TIER_12)["Schedules"][0], schedule(Name="yearly", CreateRule={"CronExpression": "cron(0 13 1 1 ? *)"}, RetainRule={"Count": 1})), '"ArchiveRule"'),
    Row("A3", "too-frequent-archiving", ERROR, archive({"CronExpression": "cron(0 3 1,15 * ? *)"}, {"Count": 1}, TIER_12), archive({"CronExpression": "cron(5 14 3 * ? *)"}, {"Count": 10}, {"Count": 10}), '"ArchiveRule"'),
    Row("A4", "retention-type-mismatch", ERROR, archive(MONTHLY, {"Count": 1}, {"Interval": 1, "IntervalUnit": "YEARS"}), archive(MONTHLY, {"Interval": 1, "IntervalUnit": "MONTHS"}, {"Interval": 1, "IntervalUnit": "YEARS"}), '"Interval"'),
    Row("A5", "too-short-archiving", ERROR, archive(MONTHLY, {"Count": 1}, {"Count": 2}), archive(MONTHLY, {"Count": 1}, {"Count": 3}), "2"),
    Row("A5", "too-short-archiving", ERROR, archive({"CronExpression": "cron(0 3 ? * THU#2 *)"}, {"Count": 1}, {"Count": 3}), archive({"CronExpression": "cron(0 3 ? * THU#2 *)"}, {"Count": 1}, {"Count": 4}), "3"),
    Row("A5", "too-short-archiving", ERROR, archive(MONTHLY, {"Interval": 1, "IntervalUnit": "MONTHS"}, {"Interval": 89, "IntervalUnit": "DAYS"}), archive(MONTHLY, {"Interval": 1, "IntervalUnit": "MONTHS"}, {"Interval": 90, "IntervalUnit": "DAYS"}), "89"),
    Row("A6", "policy-value-out-of-range", ERROR, archive(MONTHLY, {"Count": 1}, {"Count": 1001}), archive(MONTHLY, {"Count": 1}, {"Count": 1000}), "1001"),
    Row("A6", "missing-policy-member", ERROR, volumes(schedule(CreateRule=MONTHLY, ArchiveRule={})), archive(MONTHLY, {"Count": 1}, TIER_12), '"ArchiveRule"'),
    Row("A7", "too-short-archiving", ERROR, archive(MONTHLY, {"Interval": 1, "IntervalUnit": "MONTHS"}, {"Interval": 12, "IntervalUnit": "WEEKS"}), archive(MONTHLY, {"Interval": 1, "IntervalUnit": "MONTHS"}, {"Interval": 3, "IntervalUnit": "MONTHS"}), "12"),
    Row("A8", "lost-in-archive", WARNING, archive(MONTHLY, {"Count": 1}, TIER_12, ShareRules=[{"TargetAccounts": ["111122223333"]}]), archive(MONTHLY, {"Count": 1}, TIER_12, ShareRules=[]), '"ShareRules"'),
    #
    Row("F1", "retention-type-mismatch", ERROR, fast(Interval=1, IntervalUnit="DAYS"), fast(Count=1), '"Interval"'),
    Row("F1", "incomplete-retention", ERROR, fast(), fast(Count=1), '"FastRestoreRule"'),
    Row("F1", "policy-value-out-of-range", ERROR, fast(Count=0), fast(Count=1000), "0"),
    Row("F2", "too-long-retention", ERROR, volumes(schedule(RetainRule=DAYS_7, FastRestoreRule={"Interval": 101, "IntervalUnit": "YEARS", "AvailabilityZones": ["eu-west-1a"]})), volumes(schedule(RetainRule=DAYS_7, FastRestoreRule={"Interval": 100, "IntervalUnit": "YEARS", "AvailabilityZones": ["eu-west-1a"]})), "101"),
    Row("F3", "malformed-policy-value", ERROR, fast(Count=1, AvailabilityZones=["eu-west-1"]), fast(Count=1), '"eu-west-1"'),
    Row("F3", "malformed-policy-value", ERROR, fast(Count=1, AvailabilityZones=["euw1-az1"]), volumes(schedule(FastRestoreRule={"Count": 1, "AvailabilityZoneIds": ["euw1-az1"]})), '"euw1-az1"'),
    Row("F3", "unclear-fast-restore-zones", ERROR, volumes(schedule(FastRestoreRule={"Count": 1})), fast(Count=1), '"FastRestoreRule"'),
    Row("F3", "unclear-fast-restore-zones", WARNING, fast(Count=1, AvailabilityZoneIds=["euw1-az1"]), fast(Count=1), '"AvailabilityZoneIds"'),
    Row("F3", "policy-value-out-of-range", ERROR, fast(Count=1, AvailabilityZones=[]), fast(Count=1), '"AvailabilityZones"'),
    Row("F5", "zero-retention", ERROR, volumes(schedule(RetainRule={"Interval": 0, "IntervalUnit": "DAYS"}, FastRestoreRule={"Interval": 1, "IntervalUnit": "DAYS", "AvailabilityZones": ["eu-west-1a"]})), fast(Count=1), "0"),
    Row("F6", "lasting-fast-restore", INFO, fast(Count=1), volumes(), '"FastRestoreRule"'),
    #
    Row("X-1", "policy-value-out-of-range", ERROR, copies(*(copy(Target=f"eu-west-{n}") for n in range(1, 5))), copies(*(copy(Target=f"eu-west-{n}") for n in range(1, 4))), '"CrossRegionCopyRules"'),
    Row("X-2", "missing-policy-member", ERROR, copies(copy(Encrypted=None)), copies(copy()), '"Target"'),
    Row("X-2", "missing-policy-member", ERROR, event(Actions=[event_action(CrossRegionCopy=[{"Target": "eu-central-1", "RetainRule": DAYS_7}])]), event(), '"Target"'),
    Row("X-3", "malformed-policy-value", ERROR, copies(copy(Target="eu central")), copies(copy(Target="arn:aws:outposts:eu-central-1:111122223333:outpost/op-0123456789abcdef0")), '"eu central"'),
    Row("X-3", "malformed-policy-value", ERROR, images(schedule(CrossRegionCopyRules=[copy(Target=None, TargetRegion="Frankfurt")])), images(schedule(CrossRegionCopyRules=[copy(Target=None, TargetRegion="eu-central-1")])), '"Frankfurt"'),
    Row("X-4", "wrong-copy-target", WARNING, copies(copy(Target=None, TargetRegion="eu-central-1")), copies(copy()), '"TargetRegion"'),
    Row("X-4", "wrong-copy-target", ERROR, images(schedule(CrossRegionCopyRules=[copy()])), images(schedule(CrossRegionCopyRules=[copy(Target=None, TargetRegion="eu-central-1")])), '"Target"'),
    Row("X-4", "wrong-copy-target", ERROR, copies(copy(Target=None)), copies(copy()), '"Encrypted"'),
    Row("X-4", "wrong-copy-target", ERROR, copies(copy(TargetRegion="eu-central-1")), copies(copy()), '"TargetRegion"'),
    Row("X-5", "duplicate-copy-target", WARNING, copies(copy(), copy()), copies(copy(), copy(Target="eu-north-1")), '"eu-central-1"'),
    Row("X-6", "malformed-policy-value", ERROR, copies(copy(CmkArn="arn:aws:kms:eu-central-1:111122223333:alias/backup")), copies(copy(CmkArn="arn:aws:kms:eu-central-1:111122223333:key/backup")), '"arn:aws:kms:eu-central-1:111122223333:alias/backup"'),
    Row("X-6", "contradictory-copy-key", WARNING, copies(copy(CmkArn="arn:aws:kms:eu-west-1:111122223333:key/backup")), copies(copy(CmkArn="arn:aws:kms:eu-central-1:111122223333:key/backup")), '"arn:aws:kms:eu-west-1:111122223333:key/backup"'),
    Row("X-6", "contradictory-copy-key", WARNING, copies(copy(Encrypted=False, CmkArn="arn:aws:kms:eu-central-1:111122223333:key/backup")), copies(copy(Encrypted=False)), '"arn:aws:kms:eu-central-1:111122223333:key/backup"'),
    Row("X-7", "unknown-policy-member", ERROR, copies(copy(RetainRule={"Count": 7})), copies(copy()), '"Count"', also=("incomplete-retention",)),
    Row("X-7", "incomplete-retention", ERROR, copies(copy(RetainRule={"Interval": 7})), copies(copy()), '"Interval"'),
    Row("X-7", "too-long-retention", ERROR, copies(copy(RetainRule={"Interval": 1201, "IntervalUnit": "MONTHS"})), copies(copy(RetainRule={"Interval": 1200, "IntervalUnit": "MONTHS"})), "1201"),
    Row("X-8", "copy-without-retention", WARNING, copies(copy(RetainRule=None)), copies(copy()), '"eu-central-1"'),
    Row("X-9", "late-deprecation", ERROR, images(schedule(CrossRegionCopyRules=[copy(Target=None, TargetRegion="eu-central-1", DeprecateRule={"Interval": 8, "IntervalUnit": "DAYS"})])), images(schedule(CrossRegionCopyRules=[copy(Target=None, TargetRegion="eu-central-1", DeprecateRule=DAYS_7)])), "8"),
    Row("X-9", "too-long-retention", ERROR, images(schedule(CrossRegionCopyRules=[copy(Target=None, TargetRegion="eu-central-1", RetainRule={"Interval": 20, "IntervalUnit": "YEARS"}, DeprecateRule={"Interval": 11, "IntervalUnit": "YEARS"})])), images(schedule(CrossRegionCopyRules=[copy(Target=None, TargetRegion="eu-central-1", RetainRule={"Interval": 20, "IntervalUnit": "YEARS"}, DeprecateRule={"Interval": 10, "IntervalUnit": "YEARS"})])), "11"),
    Row("X-10", "zero-retention", ERROR, volumes(schedule(RetainRule={"Count": 0}, CrossRegionCopyRules=[copy()])), copies(copy()), "0"),
    #
    Row("H1", "missing-policy-member", ERROR, volumes(schedule(ShareRules=[{"UnshareInterval": 1, "UnshareIntervalUnit": "DAYS"}])), shared({"Count": 7}, UnshareInterval=1, UnshareIntervalUnit="DAYS"), '"UnshareInterval"'),
    Row("H1", "malformed-policy-value", ERROR, volumes(schedule(ShareRules=[{"TargetAccounts": ["12345678901"]}])), shared({"Count": 7}), '"12345678901"'),
    Row("H1", "wrong-policy-type", ERROR, volumes(schedule(ShareRules=[{"TargetAccounts": [111122223333]}])), shared({"Count": 7}), "111122223333"),
    Row("H1", "policy-value-out-of-range", ERROR, volumes(schedule(ShareRules=[{"TargetAccounts": []}])), shared({"Count": 7}), '"TargetAccounts"'),
    Row("H1", "policy-value-out-of-range", ERROR, volumes(schedule(ShareRules=[{"TargetAccounts": ["111122223333"]}] * 2)), volumes(schedule(ShareRules=[])), '"ShareRules"'),
    Row("H2", "incomplete-unshare", WARNING, shared({"Count": 7}, UnshareInterval=1), shared({"Count": 7}, UnshareInterval=1, UnshareIntervalUnit="DAYS"), '"UnshareInterval"'),
    Row("H2", "policy-value-out-of-range", ERROR, shared({"Count": 7}, UnshareInterval=0, UnshareIntervalUnit="DAYS"), shared({"Count": 7}, UnshareInterval=1, UnshareIntervalUnit="DAYS"), "0"),
    Row("H3", "unshared-too-late", ERROR, shared({"Interval": 5, "IntervalUnit": "DAYS"}, UnshareInterval=6, UnshareIntervalUnit="DAYS"), shared({"Interval": 5, "IntervalUnit": "DAYS"}, UnshareInterval=4, UnshareIntervalUnit="DAYS"), "6"),
    Row("H3", "unshared-too-late", WARNING, shared({"Interval": 5, "IntervalUnit": "DAYS"}, UnshareInterval=5, UnshareIntervalUnit="DAYS"), shared({"Interval": 5, "IntervalUnit": "DAYS"}, UnshareInterval=4, UnshareIntervalUnit="DAYS"), "5"),
    Row("H3", "unshared-too-late", ERROR, shared({"Count": 7}, UnshareInterval=2, UnshareIntervalUnit="WEEKS"), shared({"Count": 7}, UnshareInterval=6, UnshareIntervalUnit="DAYS"), "2"),
    Row("H4", "zero-retention", ERROR, shared({"Count": 0}), shared({"Count": 1}), "0"),
    #
    Row("P1", "retention-type-mismatch", ERROR, deprecated({"Count": 7}, {"Interval": 3, "IntervalUnit": "DAYS"}), deprecated({"Count": 7}, {"Count": 7}), '"Interval"'),
    Row("P2", "late-deprecation", ERROR, deprecated({"Count": 7}, {"Count": 8}), deprecated({"Count": 10}, {"Count": 10}), "8"),
    Row("P2", "policy-value-out-of-range", ERROR, deprecated({"Count": 1000}, {"Count": 0}), deprecated({"Count": 1000}, {"Count": 1}), "0"),
    Row("P3", "late-deprecation", ERROR, deprecated(DAYS_7, {"Interval": 2, "IntervalUnit": "WEEKS"}), deprecated(DAYS_7, {"Interval": 1, "IntervalUnit": "WEEKS"}), "2"),
    Row("P3", "too-long-retention", ERROR, deprecated({"Interval": 99, "IntervalUnit": "YEARS"}, {"Interval": 3651, "IntervalUnit": "DAYS"}), deprecated({"Interval": 99, "IntervalUnit": "YEARS"}, {"Interval": 3650, "IntervalUnit": "DAYS"}), "3651"),
    #
    Row("Q1", "member-of-other-policy-kind", ERROR, images(Parameters={"ExcludeBootVolume": True}), images(Parameters={"NoReboot": False}), '"ExcludeBootVolume"'),
    Row("Q1", "member-of-other-policy-kind", ERROR, instances(Parameters={"NoReboot": True}), instances(Parameters={"ExcludeBootVolume": True}), '"NoReboot"'),
    Row("Q1", "policy-value-out-of-range", ERROR, instances(Parameters={"ExcludeDataVolumeTags": [{"Key": "a", "Value": str(n)} for n in range(51)]}), instances(Parameters={"ExcludeDataVolumeTags": [TAG]}), '"ExcludeDataVolumeTags"'),
    Row("Q2", "possibly-everything-excluded", INFO, instances(Parameters={"ExcludeBootVolume": True, "ExcludeDataVolumeTags": [TAG]}), instances(Parameters={"ExcludeBootVolume": False, "ExcludeDataVolumeTags": [TAG]}), '"ExcludeDataVolumeTags"'),
    Row("Q4", "images-without-reboot", INFO, images(), images(Parameters={"NoReboot": True}), '"IMAGE_MANAGEMENT"'),
    Row("Q5", "unknown-policy-member", ERROR, simplified(Exclusions={"ExcludeBootVolume": True}), simplified(Exclusions={"ExcludeBootVolumes": True}), '"ExcludeBootVolume"'),
    Row("Q5", "unknown-policy-member", ERROR, instances(Parameters={"ExcludeBootVolumes": True}), instances(Parameters={"ExcludeBootVolume": True}), '"ExcludeBootVolumes"'),
    #
    Row("B1", "missing-policy-member", ERROR, event(EventSource={"Type": "MANAGED_CWE", "Parameters": event_parameters(DescriptionRegex=None)}), event(), '"Parameters"'),
    Row("B1", "unknown-policy-value", ERROR, event(EventSource={"Type": "CWE", "Parameters": event_parameters()}), event(), '"CWE"'),
    Row("B1", "unknown-policy-value", ERROR, event(EventSource={"Type": "MANAGED_CWE", "Parameters": event_parameters(EventType="ShareSnapshot")}), event(), '"ShareSnapshot"'),
    Row("B1", "policy-value-out-of-range", ERROR, event(EventSource={"Type": "MANAGED_CWE", "Parameters": event_parameters(DescriptionRegex="x" * 1001)}), event(), '"' + "x" * 1001 + '"'),
    Row("B2", "invalid-description-regex", WARNING, event(EventSource={"Type": "MANAGED_CWE", "Parameters": event_parameters(DescriptionRegex="^(nightly")}), event(EventSource={"Type": "MANAGED_CWE", "Parameters": event_parameters(DescriptionRegex="^(?=night)ly")}), '"^(nightly"'),
    Row("B3", "policy-value-out-of-range", ERROR, event(Actions=[event_action(), event_action()]), event(), '"Actions"'),
    Row("B3", "missing-policy-member", ERROR, event(Actions=[{"Name": "copy"}]), event(), '"Name"'),
    Row("B3", "malformed-policy-value", ERROR, event(Actions=[event_action(Name="copy!")]), event(), '"copy!"'),
    Row("B3", "idle-event-policy", WARNING, event(Actions=[event_action(CrossRegionCopy=[])]), event(), '"CrossRegionCopy"'),
    Row("B4", "missing-policy-member", ERROR, event(Actions=None), event(), '"EVENT_BASED_POLICY"'),
    Row("B4", "member-of-other-policy-kind", ERROR, event(TargetTags=[TAG]), event(), '"TargetTags"'),
    Row("B5", "idle-event-policy", WARNING, event(EventSource={"Type": "MANAGED_CWE", "Parameters": event_parameters(SnapshotOwner=[])}), event(), '"SnapshotOwner"'),
    #
    Row("G1", "policy-value-out-of-range", ERROR, default(CreateInterval=8, RetainInterval=14), default(CreateInterval=7, RetainInterval=14), "8"),
    Row("G2", "policy-value-out-of-range", ERROR, default(RetainInterval=15), default(RetainInterval=2), "15"),
    Row("G3", "retention-not-above-interval", ERROR, default(CreateInterval=5, RetainInterval=4), default(CreateInterval=5, RetainInterval=6), "4"),
    Row("G3", "retention-not-above-interval", WARNING, simplified(CreateInterval=5, RetainInterval=5), simplified(CreateInterval=5), "5"),
    Row("G4", "retention-not-above-interval", WARNING, default(CreateInterval=7), default(CreateInterval=5), "7"),
    Row("G5", "policy-value-out-of-range", ERROR, default(CrossRegionCopyTargets=[{"TargetRegion": f"eu-west-{n}"} for n in range(1, 5)]), default(CrossRegionCopyTargets=[{"TargetRegion": "eu-west-1"}]), '"CrossRegionCopyTargets"'),
    Row("G5", "malformed-policy-value", ERROR, default(CrossRegionCopyTargets=[{"TargetRegion": "Dublin"}]), default(CrossRegionCopyTargets=[]), '"Dublin"'),
    Row("G6", "unknown-policy-value", ERROR, default(Exclusions={"ExcludeVolumeTypes": ["gp4"]}), default(Exclusions={"ExcludeVolumeTypes": ["gp3"]}), '"gp4"'),
    Row("G6", "policy-value-out-of-range", ERROR, default(Exclusions={"ExcludeVolumeTypes": ["standard", "gp2", "gp3", "io1", "io2", "st1", "sc1"]}), default(Exclusions={"ExcludeVolumeTypes": ["standard", "gp2", "gp3", "io1", "io2", "st1"]}), '"ExcludeVolumeTypes"'),
    Row("G7", "member-of-other-policy-kind", ERROR, simplified("INSTANCE", Exclusions={"ExcludeBootVolumes": True}), simplified("INSTANCE", Exclusions={"ExcludeTags": [TAG]}), '"ExcludeBootVolumes"'),
    Row("G8", "conflicting-default-policy", ERROR, simplified("VOLUME", PolicyType="IMAGE_MANAGEMENT"), simplified("VOLUME"), '"IMAGE_MANAGEMENT"'),
    Row("G8", "conflicting-default-policy", ERROR, simplified("INSTANCE") | {"DefaultPolicy": "VOLUME"}, simplified("INSTANCE"), '"INSTANCE"', also=("conflicting-default-policy",)),
    Row("G8", "missing-policy-member", ERROR, simplified(PolicyLanguage=None), simplified(), '"EBS_SNAPSHOT_MANAGEMENT"'),
    Row("G9", "swapped-default-role", WARNING, default("INSTANCE", ExecutionRoleArn="arn:aws:iam::111122223333:role/AWSDataLifecycleManagerDefaultRole"), default(ExecutionRoleArn="arn:aws:iam::111122223333:role/service-role/AWSDataLifecycleManagerDefaultRole"), '"arn:aws:iam::111122223333:role/AWSDataLifecycleManagerDefaultRole"'),
    Row("G10", "extended-deletion", INFO, default(ExtendDeletion=True), default(ExtendDeletion=False), '"ExtendDeletion"'),
    #
    Row("X8", "doubtful-managed-policy-arn", WARNING, request(Tags={"role": "arn:aws:iam::aws:policy/AWSDataLifecycleManagerSSMFullAccess"}), request(Tags={"role": "arn:aws:iam::aws:policy/service-role/AWSDataLifecycleManagerSSMFullAccess"}), "arn:aws:iam::aws:policy/AWSDataLifecycleManagerSSMFullAccess"),
)  # fmt: skip

#: Rows without a test of their own, and why.
UNDECIDABLE = {
    "R9": "counts the policies of an account and Region, which no file shows",
    "R10": "needs the policy as it was before the update",
    "R12": "says which errors the service answers with, no constraint",
    "T6": "what happens when a tag is removed from a resource later",
    "C7": "says which tags are copied; the type of the member is checked by V15",
    "K16": "says when a run begins, no constraint",
    "V5": "needs the types of the instances that carry the target tag",
    "V6": "needs the platform of the instances; the pair rule linux-document-for-windows goes as far as the files do",
    "V10": "the sources contradict each other, and the provider's own test creates such a policy; with a document it is a question of the pair",
    "V16": "no source",
    "V17": "no source",
    "E6": "what happens when a source is deleted later",
    "A9": "the names in Terraform",
    "F4": "needs the Region of the policy",
    "X-11": "a quota, and a setting of the account",
    "Q3": "needs to know how the policy was made",
    "Q6": "what Terraform lacks",
    "B6": "needs the encryption of the snapshots",
    "G11": "says which resources are backed up when, no constraint",
}
