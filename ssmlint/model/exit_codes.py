"""What exit codes of a script mean to those who wait for it: the agent, and DLM."""

from __future__ import annotations

#: What the agent does on these (aws/amazon-ssm-agent, `plugins/pluginutil`, `runpluginutil`).
AGENT_ORDERS = {
    168: "the agent calls the step a success and skips the rest",
    169: "the agent skips the steps that follow",
    194: "the agent reboots the instance and runs the step once more",
}
TIMED_OUT = 137

#: The codes of pre/post documents (EBS user guide, "Automate application-consistent
#: snapshots", in the headers of its examples).  They stand in the `cause` of DLM's events;
#: DLM itself tells success from failure only.
DLM_CODES = {
    201: "the pre script failed",
    202: "the post script failed",
    203: "an automatic thaw came before the post script",
    204: "a pre script came where a post script was expected",
    205: "a post script came where a pre script was expected",
    206: "the application is not ready",
}


def meaning(code: int, is_dlm: bool = False) -> str:
    """What an exit code of a script means, in a few words; empty where it means nothing more.

    `is_dlm` says that Data Lifecycle Manager runs the document.
    """
    real = code % 256
    if real == 0:
        return "success" if code == 0 else "success: only the low byte counts"
    if real in AGENT_ORDERS:
        return AGENT_ORDERS[real]
    if real == TIMED_OUT:
        return "the agent takes the step for one that ran into its timeout"
    return DLM_CODES.get(real, "") if is_dlm else ""
