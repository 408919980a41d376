/** What the user has set, and what of it the server is told. */

import * as os from "node:os";
import { env } from "node:process";
import * as vscode from "vscode";

/** The section of the settings that is ours, here and in the server. */
export const SECTION = "ssmlint";

/** Arguments that start the server of `ssmlint` itself. */
export const DEFAULT_ARGUMENTS: readonly string[] = ["lsp"];

/** What the server knows; anything else of the section is about this extension. */
const OF_SERVER = ["configuration", "isolated", "debounce", "options"] as const;

/** Those that decide which process runs. */
const OF_PROCESS = ["enable", "path", "args"] as const;

export type ServerSettings = Partial<Record<(typeof OF_SERVER)[number], unknown>>;

export interface Settings {
  readonly enable: boolean;
  /** Empty where the user leaves it to us. */
  readonly path: string;
  readonly args: readonly string[];
}

export function readSettings(): Settings {
  const section = vscode.workspace.getConfiguration(SECTION);
  return {
    enable: section.get<boolean>("enable", true),
    path: expand(section.get<string>("path", "").trim()),
    args: section.get<string[]>("args", [...DEFAULT_ARGUMENTS]).map(expand),
  };
}

/** The section as the server wants it, which warns of settings that it does not know. */
export function serverSettings(): ServerSettings {
  const section = vscode.workspace.getConfiguration(SECTION);
  const found: ServerSettings = {};
  for (const key of OF_SERVER) {
    const value = section.get<unknown>(key);
    if (value !== undefined) {
      found[key] = key === "configuration" && typeof value === "string" ? expand(value) : value;
    }
  }
  return found;
}

/** Whether a change takes another process, not only other settings of the one that runs. */
export function needsRestart(change: vscode.ConfigurationChangeEvent): boolean {
  return OF_PROCESS.some((key) => change.affectsConfiguration(`${SECTION}.${key}`));
}

/**
 * Replaces `~`, `${userHome}`, `${workspaceFolder}`, `${workspaceFolder:NAME}` and `${env:NAME}`,
 * which VS Code does for tasks and not for settings.  What is not known stays as it is.
 */
export function expand(text: string): string {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return text.replace(/^~(?=$|[/\\])/, os.homedir()).replace(/\$\{([^}]+)\}/g, (whole, word: string) => {
    const [name, argument] = split(word);
    switch (name) {
      case "userHome":
        return os.homedir();
      case "workspaceFolder": {
        const folder = argument === undefined ? folders[0] : folders.find((one) => one.name === argument);
        return folder?.uri.fsPath ?? whole;
      }
      case "env":
        return argument === undefined ? whole : (env[argument] ?? "");
      default:
        return whole;
    }
  });
}

function split(word: string): [string, string | undefined] {
  const colon = word.indexOf(":");
  return colon < 0 ? [word, undefined] : [word.slice(0, colon), word.slice(colon + 1)];
}
