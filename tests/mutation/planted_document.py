"""Mistakes in the document around the script, which is the same in all twins."""

from __future__ import annotations

from tests.mutation.mutants import plant

PATTERN = "'^(None|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})$'"

DOCUMENT = (
    # --- versions and keys ------------------------------------------------------------------
    plant("schema-version-a-number", "schemaVersion: '2.2'", "schemaVersion: 2.2"),
    plant("schema-version-unknown", "schemaVersion: '2.2'", "schemaVersion: '2.1'"),
    plant("schema-version-of-automation", "schemaVersion: '2.2'", "schemaVersion: '0.3'"),
    plant("schema-version-misspelled", "schemaVersion:", "schemaversion:"),
    plant("parameters-misspelled", "\nparameters:\n", "\nparameter:\n"),
    plant("main-steps-misspelled", "\nmainSteps:\n", "\nmainStep:\n"),
    plant("indented-by-tab", "    name: freeze_or_thaw", "\tname: freeze_or_thaw"),
    plant("second-default", "    default: 'None'\n", "    default: 'None'\n    default: ''\n"),
    plant(
        "second-timeout",
        "      timeoutSeconds: '120'\n",
        "      timeoutSeconds: '120'\n      timeoutSeconds: '3600'\n",
    ),
    # --- the parameter of the stage -----------------------------------------------------------
    plant("stage-parameter-renamed", "\n  command:\n", "\n  operation:\n"),
    plant(
        "stage-parameter-renamed-everywhere",
        "\n  command:\n",
        "\n  operation:\n",
        ("'{{ command }}'", "'{{ operation }}'"),
    ),
    plant(
        "stage-a-list",
        "    type: String\n    description: The stage",
        "    type: StringList\n    description: The stage",
    ),
    plant(
        "type-misspelled",
        "    type: String\n    description: The stage",
        "    type: Sting\n    description: The stage",
    ),
    plant("default-freezes", "default: dry-run", "default: pre-script"),
    plant("default-misspelled", "default: dry-run", "default: dryrun"),
    plant("no-pre-script-allowed", "      - pre-script\n", ""),
    plant("no-post-script-allowed", "      - post-script\n", ""),
    plant("no-dry-run-allowed", "      - dry-run\n", ""),
    plant("pre-script-misspelled", "      - pre-script\n", "      - prescript\n"),
    plant("post-script-misspelled", "      - post-script\n", "      - post_script\n"),
    plant("allowed-values-misspelled", "    allowedValues:", "    allowedValue:"),
    plant(
        "no-allowed-values",
        "    allowedValues:\n      - pre-script\n      - post-script\n      - dry-run\n",
        "",
        at="  command:\n",
    ),
    # --- executionId --------------------------------------------------------------------------
    plant("execution-id-renamed", "\n  executionId:\n", "\n  executionID:\n"),
    plant(
        "execution-id-unused",
        "EXECUTION_ID='{{ executionId }}'",
        "EXECUTION_ID=none",
        at="  executionId:\n",
    ),
    plant("execution-id-misspelled", "'{{ executionId }}'", "'{{ executionID }}'"),
    plant("command-misspelled", "'{{ command }}'", "'{{ comand }}'"),
    plant("pattern-without-beginning", "'^(None|", "'(None|"),
    plant("pattern-without-end", "{12})$'", "{12})'"),
    plant("pattern-without-none", "'^(None|[0-9a-fA-F]{8}(", "'^([0-9a-fA-F]{8}("),
    plant("pattern-too-short", "{12})$'", "{10})$'"),
    plant("pattern-in-small-letters", PATTERN, PATTERN.replace("A-F", "")),
    plant("pattern-unbalanced", "{4}){3}", "{4}{3}"),
    plant("pattern-looks-ahead", "'^(None|", "'^(?!;)(None|"),
    plant("further-parameter", "mainSteps:\n", "  device:\n    type: String\nmainSteps:\n"),
    # --- the step -------------------------------------------------------------------------------
    plant("action-misspelled", "action: aws:runShellScript", "action: aws:runShelScript"),
    plant("action-of-windows", "action: aws:runShellScript", "action: aws:runPowerShellScript"),
    plant("step-without-name", "    name: freeze_or_thaw\n", ""),
    plant("precondition-misspelled", "    precondition:", "    preconditions:"),
    plant("operator-misspelled", "      StringEquals:", "      StringEqual:"),
    plant("platform-type-misspelled", "        - platformType", "        - platfromType"),
    plant("platform-misspelled", "        - Linux", "        - Linus"),
    plant("platform-windows", "        - Linux", "        - Windows"),
    plant("inputs-misspelled", "    inputs:\n", "    input:\n"),
    plant("run-command-misspelled", "      runCommand:\n", "      runCommands:\n"),
    plant("timeout-misspelled", "      timeoutSeconds:", "      timeoutSecond:"),
    plant(
        "timeout-beside-inputs",
        "    inputs:\n      timeoutSeconds: '120'\n",
        "    timeoutSeconds: 120\n    inputs:\n",
    ),
    plant("timeout-with-unit", "timeoutSeconds: '120'", "timeoutSeconds: '2m'"),
    plant("timeout-of-two-months", "timeoutSeconds: '120'", "timeoutSeconds: '5000000'"),
    plant("timeout-zero", "timeoutSeconds: '120'", "timeoutSeconds: '0'"),
    plant("timeout-dropped", "      timeoutSeconds: '120'\n", "", at="action: aws:runShellScript"),
    plant("timeout-of-an-hour", "timeoutSeconds: '120'", "timeoutSeconds: '3600'"),
    plant(
        "on-failure-of-automation",
        "    name: freeze_or_thaw\n",
        "    name: freeze_or_thaw\n    onFailure: Abort\n",
    ),
    # --- the first line of the script -----------------------------------------------------------
    plant("shebang-dropped", "#!/bin/bash\n", ""),
    plant("shebang-second", "#!/bin/bash\n", "# Freezes and thaws.\n#!/bin/bash\n"),
    plant("shebang-after-empty-line", "        - |\n#!/bin/bash\n", "        - |\n\n#!/bin/bash\n"),
    plant("shebang-of-sh", "#!/bin/bash", "#!/bin/sh"),
)
