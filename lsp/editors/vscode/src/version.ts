/** Versions of ssmlint, and why a server does not start. */

import { spawn } from "node:child_process";

/** The first version that has a server. */
export const OLDEST = "0.1.0";

/** How long a program may take to say what is wrong with it, in milliseconds. */
const PATIENCE = 10_000;

/** Longer answers are not for a message. */
const MOST = 2000;

export function isOlder(version: string, than: string): boolean {
  const [one, other] = [numbers(version), numbers(than)];
  for (const [place, number] of other.entries()) {
    const mine = one[place] ?? 0;
    if (mine !== number) {
      return mine < number;
    }
  }
  return false;
}

/** `0.1.0` of `ssmlint 0.1.0`; undefined where another program answers. */
export function versionIn(answer: string): string | undefined {
  return /^ssmlint (\d+(?:\.\d+)*)/.exec(answer)?.[1];
}

function numbers(version: string): number[] {
  return version.split(".").map((part) => Number.parseInt(part, 10) || 0);
}

/** What a program writes, without any input, until it ends or its time is over. */
export function answerOf(command: string, args: readonly string[], cwd?: string): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ["ignore", "pipe", "pipe"],
      timeout: PATIENCE,
      ...(cwd === undefined ? {} : { cwd }),
    });
    let text = "";
    const take = (piece: Buffer): void => {
      text = (text + piece.toString()).slice(0, MOST);
    };
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    child.on("error", (error) => {
      resolve(error.message);
    });
    child.on("close", () => {
      resolve(text.trim());
    });
  });
}
