/** The real program, for the tests that talk to it. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { cwd, env } from "node:process";

/** `SSMLINT` says where it is; else it is the one of the clone. */
export const PROGRAM = env.SSMLINT ?? join(cwd(), "../../../.venv/bin/ssmlint");

if (!existsSync(PROGRAM)) {
  throw new Error(`no ssmlint at ${PROGRAM}: set SSMLINT, or run \`make lint\` once`);
}

/** A misspelt variable, after a character of two UTF-16 code units. */
export const BAD = `schemaVersion: '2.2'
description: Says something
mainSteps:
  - action: aws:runShellScript
    name: say
    inputs:
      runCommand:
        - |
          error_message=none
          echo "😀 $errormessage"
`;

export const RULE = "undefined-variable";

/** Where it stands: line and character, from 0 and in UTF-16 code units, to line and character. */
export const WHERE = [9, 19, 9, 32];
