"""A document, run the ways that Data Lifecycle Manager runs it: once per stage.

Every step's script is executed symbolically, one after the other as the agent does it
(aws/amazon-ssm-agent, `framework/runpluginutil`): a failed step does not stop the next
one, unless its `inputs.onFailure` is `exit`, and a step whose precondition is not met is
skipped.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Any

from ssmlint.embedded import Script, scripts_of
from ssmlint.model.document import SsmDocument, Step
from ssmlint.model.references import REFERENCE, ReferenceKind
from ssmlint.near import nearest
from ssmlint.reuse import Kept, once
from ssmlint.shell.effects import EffectTable, default_table
from ssmlint.shell.environment import AGENT_ENVIRONMENT
from ssmlint.shell.scriptfacts import shell_scripts_of
from ssmlint.shell.stages import End, Scenario, StageReport, StageRun
from ssmlint.shell.statements import Block
from ssmlint.shell.symbolic.events import Event, Happening
from ssmlint.shell.symbolic.interpreter import Interpreter
from ssmlint.shell.symbolic.machine import MAX_STEPS, Bindings, Machine, OverBudget
from ssmlint.shell.symbolic.state import Contents, State
from ssmlint.shell.symbolic.values import SymbolKind, SymbolTable, is_known
from ssmlint.shell.syntax import parse
from ssmlint.tree import Scalar, Sequence

#: Different hosts after pre-script from which post-script is run.
MAX_HOSTS = 3


@once
def stage_report(document: SsmDocument, effects: EffectTable | None = None) -> StageReport | None:
    """Run a DLM document symbolically; None where it is none, or has no readable script."""
    stage = document.stage_parameter
    if stage is None or _is_misspelled_everywhere(document, stage.name):
        return None
    read = shell_scripts_of(document, effects)
    if not read or len(read) != len(scripts_of(document)):
        return None
    if any(script.syntax.errors for script in read):
        return None
    scripts = tuple(script.script for script in read)
    blocks = tuple(script.syntax.block for script in read)
    # Places in them are places in the scripts, wherever in a file these stand.
    found = _RUNS.get(
        _ways(document, scripts, effects),
        weight=1,
        make=lambda: _Runner(document, scripts, blocks, effects).all_runs(),
    )
    return StageReport(document, scripts, *found)


def _ways(
    document: SsmDocument, scripts: tuple[Script, ...], effects: EffectTable | None
) -> object:
    """Everything about a document that its runs depend on."""
    stage = document.stage_parameter
    steps = tuple(
        (script.text, script.placeholders, script.step.stops_on_failure, _conditions(script.step))
        for script in scripts
    )
    names = frozenset(p.name for p in document.parameters.values())
    return (stage.name if stage else "", names, steps, effects or default_table())


def _conditions(step: Step) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The comparisons of a step's precondition: name and operands of each."""
    precondition = step.node.get_mapping("precondition")
    return tuple(
        (entry.key.text, tuple(i.text for i in entry.value.items if isinstance(i, Scalar)))
        for entry in (precondition.entries if precondition is not None else ())
        if isinstance(entry.value, Sequence)
    )


#: Runs by scenario, the blocks that they went through, the symbols in them, and the next run.
_Runs = tuple[
    dict[Scenario, StageRun], tuple[Block, ...], SymbolTable, StageRun | None, tuple[str, ...]
]

#: Runs by what they depend on, of the last documents: most edits of a document leave its
#: scripts as they are.
_RUNS: Kept[object, _Runs] = Kept(8)


def _is_misspelled_everywhere(document: SsmDocument, stage: str) -> bool:
    """Whether `{{ comand }}` stands where `{{ command }}` should: then no stage can be told."""
    unknown = {
        reference.name
        for reference in document.references
        if reference.kind is ReferenceKind.PARAMETER and reference.name not in document.parameters
    }
    return nearest(stage, unknown, cutoff=0.75) is not None


def stage_reports(
    document: SsmDocument, effects: EffectTable | None = None
) -> tuple[StageReport, ...]:
    """The report of a document where it has one: nothing, or one."""
    report = stage_report(document, effects)
    return () if report is None else (report,)


class _Runner:
    def __init__(
        self,
        document: SsmDocument,
        scripts: tuple[Script, ...],
        blocks: tuple[Block, ...],
        effects: EffectTable | None,
    ) -> None:
        self.document = document
        self.scripts = scripts
        self.blocks = blocks
        self.effects = effects or default_table()
        self.symbols = SymbolTable()
        self.steps_left = MAX_STEPS
        self.memo: dict[object, Any] = {}

    def all_runs(self) -> _Runs:
        """One run per scenario."""
        pre, hosts = self.run(Scenario.PRE, [State()])
        runs = {Scenario.PRE: pre}
        runs[Scenario.POST], later = self.run(Scenario.POST, self._after(pre, hosts))
        for scenario in (Scenario.POST_ALONE, Scenario.DRY_RUN, Scenario.OTHER):
            runs[scenario], _ = self.run(scenario, [State()])
        again, leftovers = self._next_run(pre, runs[Scenario.POST], later)
        return runs, self.blocks, self.symbols, again, leftovers

    def _next_run(
        self, pre: StageRun, post: StageRun, hosts: list[State]
    ) -> tuple[StageRun | None, tuple[str, ...]]:
        """`pre-script` on the host that a whole run leaves: the one with the fewest files on it.

        Only where every program of post-script is known, since others may remove files, too.
        """
        ends = [(end, host) for end, host in zip(post.ends, hosts, strict=True) if end.succeeds]
        if not ends or not pre.successes or any(end.held for end, _ in ends):
            return None, ()
        if any(_may_remove(event) for end, _ in ends for event in end.events):
            return None, ()
        files, host = min(((_files_on(h), h) for _, h in ends), key=lambda pair: len(pair[0]))
        if not files or any(re.search(r"\brm\b", text) for text in host.texts.values()):
            return None, ()
        start = State()
        start.files, start.texts = host.files, host.texts
        return self.run(Scenario.PRE, [start])[0], files

    def _after(self, pre: StageRun, hosts: list[State]) -> list[State]:
        """The hosts that a successful pre-script leaves, those that hold most first.

        What is known of the mounts it went through (which are `/`, say) goes on to hold.
        """
        starts: dict[object, State] = {}
        ends = [(end, host) for end, host in zip(pre.ends, hosts, strict=True) if end.succeeds]
        for end, host in sorted(ends, key=lambda pair: -len(pair[0].held)):
            state = State()
            state.held, state.watchdogs = end.held, end.watchdogs
            state.files, state.texts, state.counts = host.files, host.texts, host.counts
            others = [
                symbol
                for symbol in host.constraints
                if self.symbols[symbol].kind is not SymbolKind.ITEM
            ]
            state.constraints = host.constraints.without(others)
            starts.setdefault(frozenset(held.resource for held in state.held), state)
        holding = [state for state in starts.values() if state.held]
        return (holding or list(starts.values()))[:MAX_HOSTS] or [State()]

    def run(self, scenario: Scenario, starts: list[State]) -> tuple[StageRun, list[State]]:
        ends: list[End] = []
        hosts: list[State] = []
        why = ""
        for start in starts:
            machine = self._machine(scenario)
            try:
                for state, code, decided in self._finals(machine, start):
                    held, dogs = state.held, state.watchdogs
                    ends.append(End(code, held, dogs, state.path(), start.held, decided))
                    hosts.append(state)
            except OverBudget as error:
                why = why or str(error)
            except RecursionError:
                why = why or "the script is nested too deeply"
            why = why or machine.incomplete
            self.steps_left = machine.steps_left
        if why:
            return StageRun(scenario, (), False, why), []
        bindings = self._machine(scenario).bindings
        runs_steps = any(_takes_part(script.step, bindings) for script in self.scripts)
        return StageRun(scenario, tuple(ends), True, runs_steps=runs_steps), hosts

    def _machine(self, scenario: Scenario) -> Machine:
        stage = self.document.stage_parameter
        name = stage.name if stage else ""
        environment = {f"SSM_{p.name}" for p in self.document.parameters.values()}
        literals = ((f"SSM_{name}", scenario.stage), ("EUID", "0"), ("UID", "0"), ("USER", "root"))
        bindings = Bindings(
            scenario.stage, name, AGENT_ENVIRONMENT | frozenset(environment), literals
        )
        return Machine(
            bindings,
            self.effects,
            _parse_text,
            self.symbols,
            steps_left=self.steps_left,
            max_turns=2 if scenario in (Scenario.PRE, Scenario.POST) else 1,
            memo=self.memo,
        )

    def _finals(self, machine: Machine, start: State) -> list[Final]:
        """The host after all steps, with the exit status that decides."""
        live: list[Final] = [(start, "0", True)]
        done: list[Final] = []
        for number, script in enumerate(self.scripts):
            if not _takes_part(script.step, machine.bindings):
                continue
            machine.script, machine.text = number, script.text
            step: list[Final] = []
            for before, code, decided in live:
                for after, own, known in _run_script(machine, self.blocks[number], before):
                    worst = code if code != "0" else own
                    leaves = own != "0" and script.step.stops_on_failure
                    (done if leaves else step).append((after, worst, decided and known))
            live = step
        return list({_end_key(final): final for final in [*done, *live]}.values())


#: Programs that make or remove the files that they name, which is followed.
_FILE_TOOLS = frozenset({"rm", "touch", "mkdir"})


def _files_on(host: State) -> tuple[str, ...]:
    gone = (Contents.ABSENT, Contents.HOLLOW)
    return tuple(path for path, there in host.files.items() if there not in gone and is_known(path))


def _may_remove(event: Event) -> bool:
    """Whether a program may remove files that nobody knows of, or moves some."""
    moves = event.kind is Happening.MUTATE and event.resource == "files"
    return moves or (event.kind is Happening.RUN and event.text not in _FILE_TOOLS)


#: The host at the end, the exit status, and whether the script itself decided on that.
Final = tuple[State, str, bool]


def _end_key(final: Final) -> tuple[object, ...]:
    state, code, decided = final
    return (code, decided, state.held, state.watchdogs, state.story)


def _run_script(machine: Machine, block: Block, start: State) -> Iterator[Final]:
    """Every end of one script in a fresh shell on the host as `start` has it."""
    fresh = State()
    fresh.held, fresh.watchdogs = start.held, start.watchdogs
    fresh.events, fresh.story = start.events, start.story
    fresh.deeds = start.deeds
    fresh.counts, fresh.files, fresh.texts = start.counts, start.files, start.texts
    interpreter = Interpreter(machine)
    finals = machine.merge(interpreter.run(block, fresh))
    trapped = [state for state in finals if interpreter.has_exit_trap(state)]
    others = [state for state in finals if not interpreter.has_exit_trap(state)]
    for state in [*others, *machine.collapse(trapped)]:
        for end in interpreter.exit_trap(state):
            decided = is_known(end.resolve(end.status))
            for after, fine in interpreter.conditions.succeeded(end):
                status = after.resolve(after.status)
                code = "0" if fine else (status if is_known(status) else "")
                yield after, code, decided


def _takes_part(step: Step, bindings: Bindings) -> bool:
    """Whether the step's precondition lets it run in this stage.

    Only comparisons of the stage parameter with a literal decide; platform conditions
    are taken as met (`evaluatePreconditions` in the agent's runpluginutil.go).
    """
    return all(
        name != "StringEquals" or len(operands) != 2 or _may_be_equal(operands, bindings)
        for name, operands in _conditions(step)
    )


def _may_be_equal(operands: tuple[str, ...], bindings: Bindings) -> bool:
    bound = []
    for operand in operands:
        match = REFERENCE.fullmatch(operand.strip())
        if match is None:
            bound.append(operand)
        elif match["name"] == bindings.stage_parameter and bindings.stage is not None:
            bound.append(bindings.stage)
        else:
            return True
    return "platformType" in bound or bound[0] == bound[1]


@functools.lru_cache(maxsize=64)
def _parse_text(text: str) -> Block | None:
    syntax = parse(text, ())
    return None if syntax.errors else syntax.block
