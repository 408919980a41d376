"""What an editor offers to do about a finding besides its fixes: something to go on from.

A fix mends.  What is offered here is begun, for a person to finish: a parameter that is
declared, a step that is gone to, a branch for a stage, the way back out of a freeze.  The command line does none of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ssmlint.engine import Facts
from ssmlint.rule import Finding, Fix
from ssmlint_lsp.checking.remedies.branching import branch_added
from ssmlint_lsp.checking.remedies.declaring import parameter_declared
from ssmlint_lsp.checking.remedies.releasing import released_before
from ssmlint_lsp.checking.remedies.stepping import step_added

#: What may be offered for the findings of a rule, by its name.
_OFFERS: dict[str, Callable[[Facts, Finding], Fix | None]] = {
    "undeclared-parameter": parameter_declared,
    "stage-never-succeeds": branch_added,
    "freeze-without-rollback": released_before,
    "unknown-step": step_added,
}


def further_remedies(finding: Finding, facts: Callable[[], Facts]) -> Iterator[Fix]:
    """What is offered for one finding; `facts` makes those of its file, when they are needed."""
    offer = _OFFERS.get(finding.rule.name)
    if offer is not None and (found := offer(facts(), finding)) is not None:
        yield found
