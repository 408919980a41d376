"""`ssmlint rule`: explain a rule, or list them all."""

from __future__ import annotations

import json
from typing import Any

from ssmlint.cli.options import Parser, one_of
from ssmlint.cli.streams import ExitStatus, Streams
from ssmlint.errors import UserError
from ssmlint.near import nearest
from ssmlint.packs import all_rules
from ssmlint.rule import INTERNAL_ERROR, Rule

#: Of `--output-format json`; the members are described in docs/json-output.md.
VERSION = 1


def main(arguments: list[str], streams: Streams) -> ExitStatus:
    """Print the page of one rule, or one line for each."""
    options = parser().read(arguments)
    known = (INTERNAL_ERROR, *all_rules())
    chosen = known if options.all or options.rule is None else (_find(options.rule, known),)
    if options.output_format == "json":
        result = {"version": VERSION, "rules": [_as_json(rule) for rule in chosen]}
        streams.stdout.write(json.dumps(result, indent=2) + "\n")
    elif options.rule is None or options.all:
        streams.stdout.writelines(_line(rule) for rule in chosen)
    else:
        streams.stdout.write(_page(chosen[0]))
    return ExitStatus.CLEAN


def parser() -> Parser:
    """The options of the command."""
    made = Parser("rule", "Explain a rule, or list them all.")
    made.add_argument("rule", nargs="?", metavar="RULE", help="a rule's name or id")
    made.add_argument("--all", action="store_true", help="every rule, as without RULE")
    made.add_argument(
        "--output-format",
        type=one_of("--output-format", ("text", "json")),
        default="text",
        metavar="FORMAT",
        help="one of text, json (default: text)",
    )
    return made


def _find(word: str, rules: tuple[Rule, ...]) -> Rule:
    from ssmlint.external.rules import rule_named

    foreign = rule_named(word)
    if foreign is not None:
        return foreign
    for rule in rules:
        if word.lower() in (rule.name, rule.id.lower()):
            return rule
    names = [name for rule in rules for name in (rule.name, rule.id)]
    close = nearest(word, names)
    hint = f"did you mean `{close}`?" if close else "`ssmlint rule --all` lists the rules"
    raise UserError(f"unknown rule `{word}`", hint=hint)


def _line(rule: Rule) -> str:
    optional = "" if rule.default else " (opt-in)"
    return f"{rule.id}  {rule.name}{optional}, {rule.severity.value}: {rule.summary}\n"


def _page(rule: Rule) -> str:
    when = "on by default" if rule.default else "opt-in"
    title = rule.name if rule.name == rule.id else f"{rule.name} ({rule.id})"
    return f"# {title}\n\n{rule.severity.value}, {when}\n\n{rule.page.strip()}\n"


def _as_json(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "name": rule.name,
        "severity": rule.severity.value,
        "default": rule.default,
        "summary": rule.summary,
        "page": rule.page,
    }
