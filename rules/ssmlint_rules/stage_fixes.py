"""Fixes of how a script tells its stages apart, and of what it leaves for later. No rule."""

from __future__ import annotations

import re

from ssmlint.rewriting import in_script
from ssmlint.rule import Edit, Fix, Safety
from ssmlint.shell.paths import branch_place, dispatch_place
from ssmlint.shell.stages import StageReport
from ssmlint.shell.statements import Case, Command, For, Function, While, walk_block
from ssmlint.shell.symbolic.values import Place
from ssmlint.source import Span
from ssmlint_rules.wording import near

_DECLARED = re.compile(r"(?P<opening>\$\(\s*)(?:declare -p [^;]*; *)*(?P<functions>declare -f )")
_VARIABLE = re.compile(r"\$\{?(\w+)")
_CALLS_FUNCTION = re.compile(r"(?<=bash -c )([\"']?)(?P<name>[A-Za-z_]\w*)\1(?=[\s;)|&]|$)")


def _fix(report: StageReport, script: int, title: str, span: Span, text: str) -> Fix | None:
    edits = in_script(report.scripts[script], [Edit(span, text)])
    return Fix(title, edits, Safety.UNSAFE) if edits else None


def refusing_branch(report: StageReport) -> Fix | None:
    """Add `*) ...; exit 206 ;;` to the `case` that tells the stages apart, if it has no `*)`."""
    place, parameter = dispatch_place(report), report.document.stage_parameter
    cases = (n for n in walk_block(report.blocks[place.script]) if isinstance(n, Case))
    case = next((case for case in cases if case.subject.span == place.span), None)
    text = report.scripts[place.script].text
    if case is None or parameter is None or not case.items:
        return None
    if any(branch_place(report, stage) is None for stage in parameter.stages):
        return None
    last = case.items[-1]
    begin = text.rfind("\n", 0, last.span.start) + 1
    margin = text[begin : last.span.start]
    ends = text[: last.span.end].endswith(";;") and last.terminator == ";;"
    catches_all = any(
        "*" in text[w.span.start : w.span.end] for i in case.items for w in i.patterns
    )
    if catches_all or margin.strip() or not ends:
        return None
    value = f"{{{{ {parameter.name} }}}}"
    branch = f'\n{margin}*) echo "unknown command {value}"; exit 206 ;;'
    at = Span(last.span.end, last.span.end)
    return _fix(report, place.script, "refuse every other command", at, branch)


def stage_renamed(report: StageReport, place: Place, stage: str) -> Fix | None:
    """Write a stage in the place of a word that nearly is it; quotes stay."""
    text = report.scripts[place.script].text
    written = text[place.span.start : place.span.end]
    mark = written[:1] if written[:1] in ("'", '"') else ""
    if mark and not written.endswith(mark):
        return None
    return _fix(report, place.script, f"write `{stage}`", place.span, f"{mark}{stage}{mark}")


def handed_on(report: StageReport, place: Place, name: str) -> Fix | None:
    """Add a variable, or a function (`name()`), to what a command hands on with `declare`."""
    text, plain = report.scripts[place.script].text, name.removesuffix("()")
    found = _DECLARED.search(text, place.span.start, place.span.end)
    if found is None:
        return None
    at = found.end("functions") if plain != name else found.end("opening")
    new = f"{plain} " if plain != name else f"declare -p {plain}; "
    return _fix(report, place.script, f"hand `{plain}` on", Span(at, at), new)


def functions_handed_on(report: StageReport, place: Place) -> Fix | None:
    """Hand a function, and those that it calls, to the shell that a command starts."""
    text = report.scripts[place.script].text
    found = _CALLS_FUNCTION.search(text, place.span.start, place.span.end)
    nodes = list(walk_block(report.blocks[place.script]))
    functions = {node.name: node for node in nodes if isinstance(node, Function)}
    if found is None or found["name"] not in functions:
        return None
    names = [found["name"]]
    for name in names:
        called = (n.name for n in walk_block(functions[name].body) if isinstance(n, Command))
        names += dict.fromkeys(c for c in called if c in functions and c not in names)
    call = f'"$(declare -f {" ".join(names)}); {found["name"]}"'
    title = f"hand `{found['name']}` on"
    return _fix(report, place.script, title, Span(*found.span()), call)


def function_renamed(report: StageReport, name: str) -> Fix | None:
    """Give a function the name that it is called by, where it has nearly that one and no other call."""
    for number, block in enumerate(report.blocks):
        nodes = list(walk_block(block))
        functions = {node.name: node for node in nodes if isinstance(node, Function)}
        meant = near(name, functions)
        called = {node.name for node in nodes if isinstance(node, Command)}
        if meant is not None and meant not in called and name not in functions:
            span = functions[meant].name_span
            return _fix(report, number, f"call the function `{name}`", span, name)
    return None


def passing_over(report: StageReport, place: Place) -> Fix | None:
    """Pass over `/` and `/boot` in front of the statement of a loop that holds a place."""
    nodes = list(walk_block(report.blocks[place.script]))
    loops = [n for n in nodes if isinstance(n, For | While) and n.span.covers(place.span)]
    loop = min(loops, key=lambda node: len(node.span), default=None)
    text = report.scripts[place.script].text
    used = set(_VARIABLE.findall(text[place.span.start : place.span.end]))
    name = loop.name if isinstance(loop, For) else next(iter(used), "")
    first = next((s for s in loop.body if s.span.covers(place.span)), None) if loop else None
    if first is None or used != {name}:
        return None
    margin = text[text.rfind("\n", 0, first.span.start) + 1 : first.span.start]
    if margin.strip():
        return None
    skip = f"case ${name} in / | /boot | /boot/*) continue ;; esac\n{margin}"
    at = Span(first.span.start, first.span.start)
    return _fix(report, place.script, "pass over `/` and `/boot`", at, skip)
