"""What the agent and the service do with a Command document, and what is said of it.

One row for each fact: a document that goes against it, and the rules that say so; or why
nothing is said.  The facts are those of the agent's sources (October 2024), the Systems
Manager user guide and botocore; each rule's page names its own.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

import pytest

from ssmlint.engine import check
from ssmlint.packs import load_pack
from ssmlint.settings import Settings
from ssmlint.source import Source

SHELL = "aws:runShellScript"
POWERSHELL = "aws:runPowerShellScript"


@dataclass(frozen=True)
class Fact:
    """A fact, a document, and what is said of it."""

    words: str
    document: str = ""
    rules: str = ""
    """The rules that must speak, and no other errors or warnings."""
    because: str = ""
    """Why nothing is said of it."""


def step(
    inputs: str, action: str = SHELL, more: str = "", parameters: str = "", version: str = "2.2"
) -> str:
    """A document with one step."""
    head = f"schemaVersion: '{version}'\n"
    declared = f"parameters:\n{textwrap.indent(parameters, '  ')}" if parameters else ""
    body = f"- action: {action}\n  name: a\n{textwrap.indent(more, '  ')}  inputs:\n"
    return f"{head}{declared}mainSteps:\n{body}{textwrap.indent(inputs, '    ')}"


def declared(parameter: str, use: str = 'echo "{{ x }}"') -> str:
    """A document with one parameter `x` that a script uses."""
    return step(f"timeoutSeconds: 60\nrunCommand: ['{use}']\n", parameters=f"x: {{{parameter}}}\n")


DATE = "timeoutSeconds: 60\nrunCommand: [date]\n"
LETTERS = "allowedPattern: '^[a-z]*$'"

FACTS = [
    # How a document is read.
    Fact("versions 1.0, 1.2, 2.0 to 2.0.3 and 2.2", step(DATE, version="2.1"), "unsupported-schema-version"),
    Fact("1.x needs a runtimeConfig", "schemaVersion: '1.2'\nruntimeConfig: {}\n", "missing-key"),
    Fact("2.x needs mainSteps", "schemaVersion: '2.2'\nmainSteps: []\n", "missing-key"),
    Fact("allowedValues are strings", declared("type: String, allowedValues: [1]"), "wrong-type"),
    Fact("step timeoutSeconds is a number", step(DATE, more="timeoutSeconds: '60'\n"), "wrong-type ineffective-step-field"),
    Fact("precondition is a map of lists", step(DATE, more="precondition: [a]\n"), "wrong-type"),
    Fact("description is a string", step(DATE) + "description: [a]\n", "wrong-type"),
    Fact("types of parameters", declared("type: Text, allowedValues: [a]"), "unknown-parameter-type"),
    Fact("Command documents have no Integer", declared("type: Integer"), "unknown-parameter-type"),
    Fact("keys of parameters", declared(f"type: String, {LETTERS}, pattern: a"), "unknown-key"),
    # What a value must be.
    Fact("RE2 compiles the pattern", declared("type: String, allowedPattern: '^(?!a)[a-z]$'"), "unusable-pattern"),
    Fact("Java judges it as well", declared("type: String, allowedPattern: '^[[:alpha:]]$'"), "ambiguous-pattern"),
    Fact("a pattern is not anchored", because="`unanchored-pattern` is opt-in: most published patterns are meant so; what matters is `injectable-parameter`"),
    Fact("the default is judged", declared(f"type: String, {LETTERS}, default: A1"), "default-breaks-pattern"),
    Fact("not a default of %%...%%", declared(f"type: String, {LETTERS}, default: '%%NAME%%'")),
    Fact("not a default of {{ssm:...}}", declared(f"type: String, {LETTERS}, default: '{{{{ssm:name}}}}'")),
    Fact("lists are judged item by item", declared(f"type: StringList, {LETTERS}, default: [A1]", "date").replace("['date']", "'{{ x }}'"), "default-breaks-pattern"),
    Fact("allowedValues are compared exactly", declared("type: String, allowedValues: [a], default: A"), "default-not-allowed"),
    Fact("a number is no String", declared("type: String, allowedValues: ['5'], default: 5"), "default-of-wrong-type"),
    Fact("minChars and maxChars count bytes", because="only documents that aws:runDocument runs are judged so; `default-out-of-bounds` counts characters"),
    Fact("Integer must equal the default under runDocument", because="Command documents have no Integer"),
    # How references are replaced.
    Fact("names are letters and digits", step("timeoutSeconds: 60\nrunCommand: ['echo {{ a_b }}']\n", parameters="a_b: {type: String, allowedValues: [a]}\n"), "invalid-parameter-name"),
    Fact("a list in a list", step("timeoutSeconds: 60\nrunCommand: ['{{ x }}']\n", parameters="x: {type: StringList}\n"), "nested-list-parameter"),
    Fact("a list in a text is JSON", declared("type: StringList, allowedValues: [a, b]"), "list-in-text"),
    Fact("JSON in single quotes is a text", step("timeoutSeconds: 60\nrunCommand:\n- jq . <<<'{{ x }}'\n", parameters="x: {type: StringList, allowedValues: [a, b]}\n"), "bash-syntax-under-sh"),
    Fact("a String for a list", step("timeoutSeconds: 60\nrunCommand: '{{ x }}'\n", parameters="x: {type: String}\n"), "parameter-of-wrong-type"),
    Fact("a StringList for a text", step(DATE + "workingDirectory: '{{ x }}'\n", parameters="x: {type: StringList}\n"), "parameter-of-wrong-type"),
    Fact("a StringList for documentParameters", step("documentType: SSMDocument\ndocumentPath: a\ndocumentParameters: '{{ x }}'\n", "aws:runDocument", parameters="x: {type: StringList}\n"), "parameter-of-wrong-type"),
    Fact("a StringMap for sourceInfo", step("sourceType: S3\nsourceInfo: '{{ x }}'\n", "aws:downloadContent", parameters="x: {type: StringMap}\n")),
    Fact("nothing is quoted", declared("type: String"), "injectable-parameter"),
    Fact("$$ becomes $ in a value", because="the value is not known"),
    Fact("what is not declared stays", step("timeoutSeconds: 60\nrunCommand: ['echo {{ y }}']\n"), "undeclared-parameter"),
    Fact("keys are not replaced", step(DATE + "environment: {'{{ x }}': a}\n", parameters="x: {type: String}\n"), "reference-in-key unused-parameter"),
    Fact("actions are not replaced", step(DATE, "'{{ x }}'", parameters="x: {type: String}\n"), "unknown-action"),
    Fact("names of steps are not replaced", because="a step may be called `{{ x }}`: nothing comes of it"),
    # Parameter Store.
    Fact("secrets only in sourceInfo", step("timeoutSeconds: 60\nrunCommand: ['echo {{ssm-secure:a}}']\n"), "secret-out-of-place"),
    Fact("secrets in sourceInfo", step("sourceType: GitHub\nsourceInfo: {owner: a, repository: b, path: c, tokenInfo: '{{ssm-secure:d}}'}\n", "aws:downloadContent")),
    Fact("{{ssm:}} only as a default", declared("type: String, allowedValues: ['{{ssm:a}}']"), "secret-out-of-place"),
    Fact("a stored StringList is split by commas", because="its value is not known"),
    # Steps.
    Fact("names of steps tell results apart", step(DATE) + step(DATE).partition("mainSteps:\n")[2], "duplicate-step-name"),
    Fact("maxAttempts of a step does nothing", step(DATE, more="maxAttempts: 2\n"), "ineffective-step-field"),
    Fact("onFailure of a step does nothing", step(DATE, more="onFailure: Abort\n"), "ineffective-step-field"),
    Fact("inputs.onFailure is exit or successAndExit", step(DATE + "onFailure: Abort\n"), "invalid-value"),
    Fact("inputs.finallyStep is true", step(DATE + "finallyStep: 'yes'\n"), "invalid-value"),
    Fact("finallyStep counts on the last step", step(DATE + "finallyStep: true\n") + step(DATE).partition("mainSteps:\n")[2].replace("name: a", "name: b"), "finally-step-not-last"),
    Fact("a failure does not stop the next step", because="`step-runs-after-failure` is opt-in: most steps of published documents do not need each other"),
    Fact("preconditions need 2.2", step(DATE, more="precondition: {StringEquals: [platformType, Linux]}\n", version="2.0"), "impossible-precondition"),
    Fact("the operator is StringEquals", step(DATE, more="precondition: {StringLike: [platformType, Linux]}\n"), "impossible-precondition"),
    Fact("two operands", step(DATE, more="precondition: {StringEquals: [platformType]}\n"), "impossible-precondition"),
    Fact("a misspelt platform skips", step(DATE, more="precondition: {StringEquals: [platformType, Linus]}\n"), "impossible-precondition"),
    Fact("the platform is no parameter", step(DATE, more="precondition: {StringEquals: [platformType, '{{ x }}']}\n", parameters="x: {type: String}\n"), "impossible-precondition"),
    Fact("other operands hold a parameter", step(DATE, more="precondition: {StringEquals: [a, b]}\n"), "impossible-precondition"),
    Fact("no Parameter Store in it", step(DATE, more="precondition: {StringEquals: ['{{ssm:a}}', b]}\n"), "impossible-precondition"),
    Fact("a plugin that the platform lacks is skipped", step(DATE, more="precondition: {StringEquals: [platformType, Windows]}\n"), "wrong-platform"),
    Fact("PowerShell is on every platform", step(DATE) + step("timeoutSeconds: 60\nrunCommand: [Get-Date]\n", POWERSHELL).partition("mainSteps:\n")[2].replace("name: a", "name: b"), "powershell-on-every-platform"),
    # Plugins.
    Fact("an unknown plugin fails", step(DATE, "aws:runShellCode"), "unknown-action"),
    Fact("inputs that are needed", step("action: Install\n", "aws:configurePackage"), "missing-key"),
    Fact("values of inputs", step("name: a\naction: install\n", "aws:configurePackage"), "invalid-value"),
    Fact("arguments of packages", step("name: a\naction: Install\nadditionalArguments: {a: b}\n", "aws:configurePackage"), "package-argument-without-prefix"),
    Fact("a mapping of arguments is dropped", because="the agent's sources say so, AWS's own example has one: not reported until that is clear"),
    Fact("source of a package is refused", step("name: a\naction: Install\nsource: b\n", "aws:configurePackage"), "unsupported-package-source"),
    Fact("docker actions need inputs", step("action: Run\n", "aws:runDockerAction"), "missing-docker-input"),
    Fact("volume is a list", step("action: Ps\nvolume: a\n", "aws:runDockerAction"), "wrong-type"),
    Fact("sourceType", step("sourceType: FTP\nsourceInfo: '{}'\n", "aws:downloadContent"), "invalid-value"),
    Fact("sourceInfo by source", step("sourceType: S3\nsourceInfo: {path: a, region: b}\n", "aws:downloadContent"), "download-source-mismatch"),
    Fact("documentType", step("documentType: Local\ndocumentPath: a\n", "aws:runDocument"), "invalid-value"),
    Fact("at most three documents deep", because="the other documents are not known"),
    Fact("inventory flags are strings", step("applications: true\n", "aws:softwareInventory"), "wrong-type"),
    Fact("inventory only runs by an association", because="who runs a document is not known"),
    Fact("allowDowngrade is a string", because="the guide says Boolean, and nobody has reported that it fails"),
    Fact("aws:cloudWatch is unsupported", step("{}\n", "aws:cloudWatch"), "retired-plugin"),
    Fact("inputs that are ignored", step("timeoutSeconds: 60\nrunCommand: [date]\nexecutionTimeout: '60'\n"), "ineffective-input"),
    Fact("plugins of 1.2 have no order", because="published 1.2 documents have one plugin"),
    # Scripts.
    Fact("#! counts in the first byte", step("timeoutSeconds: 60\nrunCommand: ['', '#!/bin/bash', date]\n"), "shebang-not-first"),
    Fact("without #! it is sh", step("timeoutSeconds: 60\nrunCommand: ['[[ -e /x ]] && date']\n"), "bash-syntax-under-sh"),
    Fact("carriage returns stay", step('timeoutSeconds: 60\nrunCommand: ["#!/bin/bash\\r\\ndate\\r\\n"]\n'), "carriage-return"),
    Fact("a relative workingDirectory is silently another", step(DATE + "workingDirectory: data\n"), "relative-working-directory"),
    Fact("environment is a map of strings", step(DATE + "environment: {A: 1}\n"), "wrong-type"),
    Fact("a timeout of 5 to 172800", step("timeoutSeconds: 4\nrunCommand: [date]\n"), "timeout-out-of-range"),
    Fact("PowerShell is 5.1 on Windows", step("timeoutSeconds: 60\nrunCommand: ['a; b && c']\n", POWERSHELL), "powershell-too-new"),
    # Exit codes.
    Fact("137 is a time-out", step("timeoutSeconds: 60\nrunCommand: ['test -e /x || exit 137']\n"), "reserved-exit-code"),
    Fact("256 is a success", step("timeoutSeconds: 60\nrunCommand: ['test -e /x || exit 256']\n"), "reserved-exit-code"),
    Fact("194 runs the step again", step("timeoutSeconds: 60\nrunCommand: [date, exit 194]\n"), "endless-reboot"),
    Fact("3010 runs the step again", step("timeoutSeconds: 60\nrunCommand: [Get-Date, exit 3010]\n", POWERSHELL), "endless-powershell-reboot"),
    Fact("-1 is a time-out on Windows", step("timeoutSeconds: 60\nrunCommand: ['if ($x) { exit -1 }']\n", POWERSHELL), "misread-exit-code"),
    Fact("168 and 169 skip the rest", because="outside of pre/post documents of DLM they may be meant; there `reserved-exit-code` speaks"),
    Fact("output is cut at 24000 characters", because="how much a script prints is not known"),
    # ENV_VAR.
    Fact("ENV_VAR sets SSM_x", declared("type: String, interpolationType: ENV_VAR", 'echo "$SSM_x"')),
    Fact("ENV_VAR is for a String", declared("type: StringList, interpolationType: ENV_VAR", 'echo "$SSM_x"'), "ineffective-interpolation"),
    Fact("ENV_VAR is for 2.2", declared("type: String, interpolationType: ENV_VAR", 'echo "$SSM_x"').replace("'2.2'", "'2.0'"), "ineffective-interpolation"),
    Fact("ENV_VAR belongs to the parameter", step("timeoutSeconds: 60\ninterpolationType: ENV_VAR\nrunCommand: ['echo \"$SSM_x\"']\n", parameters="x: {type: String}\n"), "unknown-key undefined-variable"),
    Fact("ENV_VAR needs quotes", declared("type: String, interpolationType: ENV_VAR", "rm $SSM_x"), "unquoted-environment-parameter"),
    Fact("ENV_VAR in PowerShell", step("timeoutSeconds: 60\nrunCommand: ['Get-Date $env:SSM_y']\n", POWERSHELL), "undefined-environment-parameter"),
    Fact("{{ x }} of an ENV_VAR parameter", because="what the agent writes there is not known"),
    Fact("ENV_VAR needs agent 3.3.2746.0", because="`too-new-for-agent` speaks where `target-agent` is given"),
    # Limits.
    Fact("64 KB", step("timeoutSeconds: 60\nrunCommand:\n- 'echo " + "x" * 66_000 + "'\n"), "document-too-large"),
    Fact("names of documents", "# ssmlint: name=AWS-Mine\n" + step(DATE), "invalid-document-name"),
    Fact("names of steps of Command documents", because="no source gives a pattern"),
    Fact("outputs are Automation's", step(DATE) + "outputs: [a.b]\n", "unknown-key"),
]  # fmt: skip

DEFAULT_RULES = [rule for rule in load_pack("builtin", "ssmlint_rules").rules if rule.default]


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.words)
def test_what_is_said(fact: Fact) -> None:
    assert bool(fact.document) != bool(fact.because)
    if fact.document:
        found = check(Source("document.yaml", fact.document), Settings(), DEFAULT_RULES)
        grave = {f.rule.name for f in found if f.severity.value != "info"}
        assert grave == set(fact.rules.split())
