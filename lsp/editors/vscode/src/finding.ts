/** Where the program is that serves: setting, Python environment, workspace, PATH. */

import * as path from "node:path";
import type { Settings } from "./settings";

/** What the search asks; a test answers it without a disk. */
export interface Surroundings {
  readonly platform: NodeJS.Platform;
  /** The `PATH`. */
  readonly path: string;
  readonly folders: readonly string[];
  /** Whether programs of the workspace may be started. */
  readonly isTrusted: boolean;
  readonly interpreter: () => Promise<string | undefined>;
  readonly isProgram: (file: string) => Promise<boolean>;
}

export type Origin = "setting" | "interpreter" | "workspace" | "path";

export interface Found {
  readonly command: string;
  readonly args: readonly string[];
  readonly origin: Origin;
}

/** That nothing was found: where it was looked for. */
export interface Missing {
  readonly tried: readonly string[];
  readonly origin: Origin;
}

export type Search = Found | Missing;

const NAME = "ssmlint";

/** The usual names of an environment that lies in a project. */
const ENVIRONMENTS = [".venv", "venv"];

export function isFound(search: Search): search is Found {
  return "command" in search;
}

/**
 * The program and its arguments.
 *
 * What is set is taken or missed: another program in its place would be a surprise.
 */
export async function findServer(settings: Settings, around: Surroundings): Promise<Search> {
  const tried: string[] = [];
  for await (const [origin, candidate] of candidates(settings.path, around)) {
    if (tried.includes(candidate)) {
      continue;
    }
    tried.push(candidate);
    if (await around.isProgram(candidate)) {
      return { command: candidate, args: settings.args, origin };
    }
  }
  return { tried, origin: settings.path === "" ? "path" : "setting" };
}

async function* candidates(set: string, around: Surroundings): AsyncGenerator<[Origin, string]> {
  const at = around.platform === "win32" ? path.win32 : path.posix;
  if (set !== "") {
    const places = isName(set) ? onPath(set, around) : inFolders(set, around);
    yield* places.map((file): [Origin, string] => ["setting", file]);
    return;
  }
  if (around.isTrusted) {
    const interpreter = await around.interpreter();
    if (interpreter !== undefined && !isName(interpreter)) {
      yield ["interpreter", at.join(at.dirname(interpreter), executable(NAME, around))];
    }
    for (const folder of around.folders) {
      for (const environment of ENVIRONMENTS) {
        const bin = around.platform === "win32" ? "Scripts" : "bin";
        yield ["workspace", at.join(folder, environment, bin, executable(NAME, around))];
      }
    }
  }
  yield* onPath(NAME, around).map((file): [Origin, string] => ["path", file]);
}

function isName(text: string): boolean {
  return !/[/\\]/.test(text);
}

/** Folders of the PATH that are relative depend on where the editor was started: left out. */
function onPath(name: string, around: Surroundings): string[] {
  const at = around.platform === "win32" ? path.win32 : path.posix;
  return around.path
    .split(at.delimiter)
    .filter((folder) => at.isAbsolute(folder))
    .map((folder) => at.join(folder, executable(name, around)));
}

function inFolders(file: string, around: Surroundings): string[] {
  const at = around.platform === "win32" ? path.win32 : path.posix;
  const name = executable(file, around);
  return at.isAbsolute(file) ? [name] : around.folders.map((folder) => at.join(folder, name));
}

/** pip writes an `.exe` on Windows; Node starts nothing else without a shell. */
function executable(file: string, around: Surroundings): string {
  return around.platform === "win32" && !/\.exe$/i.test(file) ? `${file}.exe` : file;
}
