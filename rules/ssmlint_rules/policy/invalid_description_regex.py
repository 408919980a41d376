"""
## What it does
Reports a `DescriptionRegex` that is no regular expression.

## Why is this bad?
The policy runs only for snapshots whose description matches. The dialect is not documented; what
is reported here cannot be read by RE2, and its brackets are not balanced for others either, so it
is a warning.

## Example
```yaml policy
PolicyType: EVENT_BASED_POLICY
EventSource:
  Type: MANAGED_CWE
  Parameters:
    EventType: shareSnapshot
    SnapshotOwner: ['111122223333']
    DescriptionRegex: ^.*(nightly.*$  # <-
Actions:
  - Name: copy
    CrossRegionCopy:
      - Target: eu-central-1
        EncryptionConfiguration: {Encrypted: true}
        RetainRule: {Interval: 7, IntervalUnit: DAYS}
```
Use instead:
```yaml policy
PolicyType: EVENT_BASED_POLICY
EventSource:
  Type: MANAGED_CWE
  Parameters:
    EventType: shareSnapshot
    SnapshotOwner: ['111122223333']
    DescriptionRegex: ^.*nightly.*$
Actions:
  - Name: copy
    CrossRegionCopy:
      - Target: eu-central-1
        EncryptionConfiguration: {Encrypted: true}
        RetainRule: {Interval: 7, IntervalUnit: DAYS}
```

## References
- [`EventParameters`](https://docs.aws.amazon.com/dlm/latest/APIReference/API_EventParameters.html)
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator

from ssmlint.model.policy import LifecyclePolicy
from ssmlint.rule import Problem, Severity, rule
from ssmlint_rules.wording import is_filled_in_later

#: The longest that the API takes.
_LONGEST = 1000


@rule("POL506", "invalid-description-regex", Severity.WARNING, on=LifecyclePolicy)
def invalid_description_regex(policy: LifecyclePolicy) -> Iterator[Problem]:
    """Report a pattern that neither RE2 nor Python can compile."""
    source = policy.details.get_mapping("EventSource") if policy.details else None
    parameters = source.get_mapping("Parameters") if source else None
    node = parameters.get_scalar("DescriptionRegex") if parameters else None
    if node is None or len(node.text) > _LONGEST or is_filled_in_later(node.text):
        return
    reason = _objection(node.text)
    if reason is not None:
        yield Problem(node.span, f"`{node.text}` is no regular expression: {reason}")


def _objection(pattern: str) -> str | None:
    """What both dialects object to; compiling does not run anything."""
    import re2

    options = re2.Options()
    options.log_errors = False
    try:
        re2.compile(pattern, options)
    except re2.error as error:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                re.compile(pattern)
        except (re.error, RecursionError, OverflowError):
            reason = error.args[0] if error.args else error
            return reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
    return None
