/** Waiting for what happens when it happens; the time is only a guard against hangs. */

const GUARD = 60_000;
const PAUSE = 10;

export async function until<T>(look: () => T | undefined | false): Promise<T> {
  const end = Date.now() + GUARD;
  for (;;) {
    const seen = look();
    if (seen !== undefined && seen !== false) {
      return seen;
    }
    if (Date.now() > end) {
      throw new Error(`never: ${look.toString()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}
