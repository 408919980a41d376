"""A quick look at a text, before anything of it is parsed: may it hold what we check?

Hooks and searches look at many files that are not ours, and this is all that these cost, so
nothing else is imported here.
"""

from __future__ import annotations

import re

#: What only the inputs or the properties of a Session document have
#: (`session-manager-schema.html` in the User Guide).
SESSION_KEYS = frozenset(
    {"s3BucketName", "cloudWatchLogGroupName", "runAsEnabled", "idleSessionTimeout"}
    | {"maxSessionDuration", "shellProfile", "portNumber", "localPortNumber"}
)

_BODY = re.compile(
    r"\b(?:mainSteps|runtimeConfig|sessionType|executableRunBooks)\b|(?<!arn:)aws:|"
    + "|".join(sorted(SESSION_KEYS))
)
_TYPE = re.compile(r"\btype[\"']?\s*:\s*[\"']?String")

_SYSTEM = re.compile(r"\b(?:linux|windows|macos)[\"']?\s*:")

_POLICY = re.compile(
    r"SNAPSHOT_MANAGEMENT|IMAGE_MANAGEMENT|EVENT_BASED|MANAGED_CWE|PolicyLanguage"
    r"|PolicyDetails|DefaultPolicy|CrossRegionCopy|CreateRule|RetainRule|ArchiveRule"
    r"|FastRestoreRule|ShareRules|DeprecateRule",
    re.IGNORECASE,
)
_COMPANIONS = re.compile(
    r"ExecutionRoleArn|PolicyId|Schedules|PolicyType|PolicyLanguage|Actions|EventSource|Interval"
)


def looks_like_ours(text: str) -> bool:
    """Whether a text may hold a document or a policy; never no where it does."""
    return may_hold_document(text) or may_hold_policy(text)


def may_hold_document(text: str) -> bool:
    """A quick look, before any parsing, at whether a text may hold a document."""
    if "schemaVersion" in text:
        return bool(_BODY.search(text) or _TYPE.search(text) or _may_be_session(text))
    return "mainSteps" in text and "aws:" in text


def _may_be_session(text: str) -> bool:
    """Whether there may be what a Session document runs where, its type lost."""
    return "commands" in text and _SYSTEM.search(text) is not None


def may_hold_policy(text: str) -> bool:
    """A quick look, before any parsing, at whether a text may hold a policy."""
    return _POLICY.search(text) is not None and _COMPANIONS.search(text) is not None
