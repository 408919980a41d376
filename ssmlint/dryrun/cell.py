"""One cell: the agent and Data Lifecycle Manager at work on one simulated host."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from ssmlint.dryrun.agent import PlannedStep, Refused, Value, plan
from ssmlint.dryrun.host.settings import HostSettings
from ssmlint.dryrun.jobs import Job
from ssmlint.dryrun.model import Caught, CellReport, Level, Snapshot, StageOutcome
from ssmlint.dryrun.places import AGENT_FOLDER, SEARCH_PATH
from ssmlint.dryrun.world import World
from ssmlint.model.document import SsmDocument

#: Exit codes that mean something to the agent (facts of the agent, `runscript`, `runpluginutil`).
_EXIT_SUCCESS, _EXIT_FAILURE, _REBOOT, _KILLED = 168, 169, 194, 137
#: How often a script may ask for a restart before the dry run stops it.
_RESTARTS = 3

#: How long, in virtual seconds, a host is watched after the last stage.
HORIZON = 900.0

_WORST_LAST = list(Level)


class Cell:
    """Runs stages, snapshots and waits, and writes down what comes of them."""

    def __init__(
        self, world: World, document: SsmDocument, settings: HostSettings, report: CellReport
    ) -> None:
        self.world = world
        self.host = world.host
        self.document = document
        self.settings = settings
        self.report = report
        self.between: list[Callable[[], None]] = []
        """What happens to the host between pre-script and post-script."""
        self._runs = 0

    # --- time ----------------------------------------------------------------------------

    def wait(self, seconds: float) -> None:
        """Let virtual time pass."""
        self.world.run_until(lambda: False, self.host.now + seconds)

    def happen(self) -> None:
        """Let the host change between pre-script and post-script."""
        for change in self.between:
            change()
        self.between = []

    # --- stages --------------------------------------------------------------------------

    def stage(self, command: str, *, attempt: int = 1) -> StageOutcome:
        """Have the agent run the document once."""
        outcome = StageOutcome(command, self.host.now, attempt=attempt)
        self.report.stages.append(outcome)
        self.world.stage = command
        self.world.happened(f"{command} begins", kind="stage", source="agent")
        try:
            self._run(outcome, self._values(command))
        except Refused as refusal:
            outcome.status, outcome.output = "Failed", str(refusal)
        outcome.end = self.host.now
        limit = float(self.settings.get("dlm", "execution-timeout"))
        outcome.succeeded = outcome.status == "Success" and outcome.seconds <= limit
        code = "" if outcome.code is None else f" with {outcome.code}"
        text = f"{command} ends{code}: {outcome.status}"
        self.world.happened(text, kind="stage", source="agent")
        self.world.stage = ""
        return outcome

    def _values(self, command: str) -> dict[str, Value]:
        self._runs += 1
        parameter = self.document.stage_parameter
        values: dict[str, Value] = {parameter.name if parameter else "command": command}
        for name in self.document.parameters:
            if name.lower() == "executionid":
                values[name] = str(uuid.UUID(int=self._runs, version=4))
        return values

    def _run(self, outcome: StageOutcome, values: dict[str, Value]) -> None:
        statuses: list[str] = []
        leaves = ""
        for step in plan(self.document, values):
            if leaves and not step.is_finally:
                continue
            status, code = self._step(step, outcome)
            if code is not None and (outcome.code in (None, 0) or status == "Failed"):
                outcome.code = code
            statuses.append(status)
            leaves = leaves or _leaves(step, status, code)
        if not statuses:
            outcome.status = "Failed"
        else:
            order = ("Failed", "TimedOut", "Success")
            outcome.status = min(statuses, key=order.index)

    def _step(self, step: PlannedStep, outcome: StageOutcome) -> tuple[str, int | None]:
        if step.fails:
            outcome.output += f"{step.name}: {step.fails}\n"
            return "Failed", None
        if step.skipped or step.script is None:
            self.world.note(f"step `{step.name}` is skipped: {step.skipped}")
            return "Success", None
        for _ in range(_RESTARTS):
            code = self._script(step, outcome)
            if code != _REBOOT:
                break
            self._restart()
        else:
            self.world.note(f"the script asked {_RESTARTS} times for a restart of the host")
            return "Failed", code
        match code:
            case 0:
                return "Success", 0
            case 168:
                return "Success", code
            case 137:
                return "TimedOut", code
        return "Failed", code

    def _script(self, step: PlannedStep, outcome: StageOutcome) -> int:
        job = self._start(step, outcome.command)
        late = self.host.now + step.timeout
        # The agent waits for the end of the output, too (`exec.Cmd.Wait` with writers that
        # are no files, `ExecuteCommand` in its executers.go).
        over = self.world.run_until(lambda: job.is_over and job.is_silent, late)
        if not over:
            why = f"the agent's {step.timeout:g} seconds were over"
            if job.is_over:
                self.world.note("the agent waited for a background process that held its output")
            job.killed = job.killed or why
            self.world.kill_group(job)
            self.world.run_until(lambda: job.is_over)
            job.status = _KILLED
        outcome.output += job.output
        outcome.killed = outcome.killed or job.killed
        job.close()
        self._write_output(outcome)
        return job.status or 0

    def _start(self, step: PlannedStep, command: str) -> Job:
        script = step.script or ""
        folder = f"{AGENT_FOLDER}/i-0123456789abcdef0/document/orchestration"
        path = f"{folder}/{self._runs:08d}/{step.name}/_script.sh"
        environment = {
            "PATH": SEARCH_PATH,
            "LANG": self.host.language,
            **dict(step.environment),
            "SSM_COMMAND_ID": str(uuid.UUID(int=self._runs)),
            "AWS_SSM_INSTANCE_ID": "i-0123456789abcdef0",
            "AWS_SSM_REGION_NAME": "eu-central-1",
            "AWS_SSM_PLATFORM_NAME": "Amazon Linux",
            "AWS_SSM_PLATFORM_VERSION": "2023",
        }
        place = step.folder if step.folder.startswith("/") else "/"
        return self.world.start_script(command, path, script, environment, place, step.timeout)

    def _write_output(self, outcome: StageOutcome) -> None:
        """The agent writes what it has read to its own folder before it reports anything."""
        if self.host.is_frozen(AGENT_FOLDER):
            found = self.host.mount(AGENT_FOLDER)
            where = found[1] if found is not None else AGENT_FOLDER
            text = f"the agent can not write its output: {where} is frozen"
            self.world.happened(text, kind="problem", source="agent")
            self.world.note(text)
            late = self.host.now + HORIZON
            self.world.run_until(lambda: not self.host.is_frozen(AGENT_FOLDER), late)

    def _restart(self) -> None:
        """The host restarts: nothing that was held survives it."""
        self.host.source = "host"
        self.world.signal(lambda process: process.pid > 2 and process.group > 2, 9)
        for filesystem in self.host.filesystems:
            filesystem.frozen = False
        for hold in self.host.holds:
            if hold.end is None:
                self.host.release(hold.what, "the restart")
        self.host.units = {n: u for n, u in self.host.units.items() if not u.transient}
        self.world.happened("the host restarts", kind="host")
        self.world.note("after a restart `/run` is not emptied here")

    # --- snapshots -----------------------------------------------------------------------------

    def snapshot(self, *, pre_succeeded: bool, delay: float = 0.0, attempt: int = 1) -> Snapshot:
        """Have the snapshots taken: what they catch is the worst that is so meanwhile."""
        self.wait(float(self.settings.get("dlm", "snapshot-after")) + delay)
        takes = float(self.settings.get("dlm", "snapshot-takes"))
        start = self.host.now
        self.world.happened("the snapshots are started", kind="snapshot", source="dlm")
        before = self._catch()
        self.wait(takes)
        after = self._catch()
        for index, one in enumerate(after):
            ended = self._released_since(start, one.application)
            if ended and one.level is not Level.STOPPED:
                after[index] = Caught(one.application, Level.RUNNING, ended)
        caught = tuple(
            max(pair, key=lambda one: _WORST_LAST.index(one.level))
            for pair in zip(before, after, strict=True)
        )
        made = Snapshot(start, takes, caught, self.host.held_now, attempt=attempt)
        made.pre_succeeded = pre_succeeded
        self.report.snapshots.append(made)
        return made

    def _catch(self) -> list[Caught]:
        return [self.host.caught(application) for application in self.host.applications]

    def _released_since(self, start: float, application: str) -> str:
        for hold in self.host.holds:
            during = hold.end is not None and start < hold.end <= self.host.now
            if during and hold.owner in ("", application):
                return f"{hold.what} was given back while it was taken"
        return ""


def _leaves(step: PlannedStep, status: str, code: int | None) -> str:
    """Why later steps do not run; empty if they do."""
    if code in (_EXIT_SUCCESS, _EXIT_FAILURE):
        return f"exit code {code}"
    if status != "Success" and step.on_failure in ("exit", "successAndExit"):
        return "onFailure"
    return "onSuccess" if status == "Success" and step.on_success == "exit" else ""
