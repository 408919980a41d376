/** What VS Code calls: commands, and what makes the server start, stop and look again. */

import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { env, platform } from "node:process";
import * as vscode from "vscode";
import type { Surroundings } from "./finding";
import { interpreter, onInterpreter } from "./interpreter";
import { Server } from "./server";
import { needsRestart, SECTION } from "./settings";
import { Status } from "./status";

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel("ssmlint", { log: true });
  const status = new Status();
  const mine = (server = new Server(output, status, surroundings));
  context.subscriptions.push(
    output,
    status,
    vscode.commands.registerCommand("ssmlint.restart", () => mine.restart()),
    vscode.commands.registerCommand("ssmlint.showOutput", () => {
      output.show();
    }),
    vscode.commands.registerCommand("ssmlint.showDebugInformation", () => showDebugInformation(mine)),
    vscode.workspace.onDidChangeConfiguration((change) => configurationChanged(mine, change)),
    vscode.workspace.onDidChangeWorkspaceFolders(() => mine.lookAgain()),
    vscode.workspace.onDidGrantWorkspaceTrust(() => mine.lookAgain()),
    vscode.workspace.onDidOpenTextDocument((document) => mine.opened(document)),
  );
  await mine.restart();
  // Last, because it waits for another extension.
  const listener = await onInterpreter(() => void mine.lookAgain());
  if (listener !== undefined) {
    context.subscriptions.push(listener);
  }
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}

async function configurationChanged(
  mine: Server,
  change: vscode.ConfigurationChangeEvent,
): Promise<void> {
  if (needsRestart(change)) {
    await mine.restart();
  } else if (change.affectsConfiguration(SECTION)) {
    await mine.settingsChanged();
  }
}

async function showDebugInformation(mine: Server): Promise<void> {
  const content = await mine.debugInformation();
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content }));
}

function surroundings(): Surroundings {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return {
    platform,
    path: env.PATH ?? "",
    folders: folders.filter((one) => one.uri.scheme === "file").map((one) => one.uri.fsPath),
    isTrusted: vscode.workspace.isTrusted,
    interpreter,
    isProgram,
  };
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
