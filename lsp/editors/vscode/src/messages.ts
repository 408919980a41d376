/** What the user is told when there is no server, and what can be done about it. */

import * as vscode from "vscode";
import type { Missing } from "./finding";
import { isOlder, OLDEST } from "./version";

const INSTALL = "How to Install";
const SETTINGS = "Open Settings";
const OUTPUT = "Show Output";
const RESTART = "Restart";

/** What stands in documents and policies, and seldom elsewhere. */
const OURS = /\bschemaVersion\b|\bPolicyDetails\b|AWS::SSM::Document/;

/** How much of a document is looked at, in UTF-16 code units. */
const START_OF_DOCUMENT = 100_000;

/** Whether a document is one that the server would be good for. */
export function isOurs(document: vscode.TextDocument): boolean {
  return OURS.test(document.getText().slice(0, START_OF_DOCUMENT));
}

export async function tellMissing(missing: Missing): Promise<void> {
  const text =
    missing.origin === "setting"
      ? "ssmlint: the program of the setting `ssmlint.path` does not exist."
      : "ssmlint is not installed in the selected Python environment, in the workspace, or on the PATH.";
  await offer(text, missing.origin === "setting" ? [SETTINGS, OUTPUT] : [INSTALL, SETTINGS, OUTPUT]);
}

/** `answer` is what the program itself says, `version` its version as far as it tells. */
export async function tellFailed(answer: string, version: string | undefined): Promise<void> {
  if (version !== undefined && isOlder(version, OLDEST)) {
    await tellOld(version);
    return;
  }
  const [first = ""] = answer.split("\n");
  const why = first === "" ? "the server did not start." : first;
  await offer(why.startsWith("ssmlint: ") ? why : `ssmlint: ${why}`, [OUTPUT, RESTART, INSTALL]);
}

export async function tellOld(version: string): Promise<void> {
  const text = `ssmlint ${version} is too old for this extension, which needs ${OLDEST} or newer.`;
  await offer(text, [INSTALL, SETTINGS]);
}

async function offer(text: string, actions: string[]): Promise<void> {
  switch (await vscode.window.showErrorMessage(text, ...actions)) {
    case INSTALL:
      // The page of this extension says it, without a network.
      await vscode.commands.executeCommand("extension.open", "ssmlint.ssmlint");
      break;
    case SETTINGS:
      await vscode.commands.executeCommand("workbench.action.openSettings", "ssmlint.path");
      break;
    case OUTPUT:
      await vscode.commands.executeCommand("ssmlint.showOutput");
      break;
    case RESTART:
      await vscode.commands.executeCommand("ssmlint.restart");
      break;
  }
}
