/** `vscode-languageclient/node` for tests: a client that writes down what is done with it. */

import { editor } from "./vscode";

interface Event {
  readonly newState: number;
}

type Options = Record<string, unknown> & {
  errorHandler: { closed(): unknown };
  middleware: { workspace: { configuration: Configuration } };
};

type Configuration = (
  params: { items: { section?: string }[] },
  token: unknown,
  next: () => Promise<unknown>,
) => Promise<unknown>;

export enum State {
  Stopped = 1,
  Running = 2,
  Starting = 3,
  StartFailed = 4,
}

export enum CloseAction {
  DoNotRestart = 1,
  Restart = 2,
}

export enum RevealOutputChannelOn {
  Never = 4,
}

export const DidChangeConfigurationNotification = { type: "didChangeConfiguration" };
export const ExecuteCommandRequest = { type: "executeCommand" };

/** What the clients of a test do, and what was done with them. */
export const clients = {
  made: [] as LanguageClient[],
  version: "0.1.0" as string | undefined,
  /** Why they do not start. */
  failure: undefined as Error | undefined,

  reset(): void {
    this.made = [];
    this.version = "0.1.0";
    this.failure = undefined;
  },

  get last(): LanguageClient {
    const last = this.made.at(-1);
    if (last === undefined) {
      throw new Error("no client was made");
    }
    return last;
  },

  get running(): LanguageClient[] {
    return this.made.filter((client) => client.isUp);
  },
};

export class LanguageClient {
  isUp = false;
  sent: unknown[][] = [];
  initializeResult: { serverInfo: { version: string | undefined } } | undefined;
  private listeners: ((event: Event) => void)[] = [];

  constructor(
    readonly id: string,
    readonly name: string,
    readonly executable: { command: string; args: string[] },
    readonly options: Options,
  ) {
    clients.made.push(this);
  }

  async start(): Promise<void> {
    await Promise.resolve();
    if (clients.failure !== undefined) {
      this.error("could not start", undefined, "force");
      throw clients.failure;
    }
    if (clients.running.length > 0) {
      throw new Error("two servers at once");
    }
    this.isUp = true;
    this.initializeResult = { serverInfo: { version: clients.version } };
  }

  async dispose(): Promise<void> {
    await Promise.resolve();
    this.isUp = false;
  }

  error(text: string, _data?: unknown, show?: boolean | "force"): void {
    if (show !== false) {
      editor.messages.push({ text, actions: [] });
    }
  }

  sendNotification(...words: unknown[]): Promise<void> {
    this.sent.push(words);
    return Promise.resolve();
  }

  sendRequest(...words: unknown[]): Promise<string> {
    this.sent.push(words);
    return Promise.resolve("ssmlint 0.1.0, pygls 2");
  }

  onDidChangeState(listener: (event: Event) => void): void {
    this.listeners.push(listener);
  }

  createDefaultErrorHandler(): unknown {
    return { closed: () => ({ action: CloseAction.Restart }) };
  }

  /** Says that the process has ended, or runs again. */
  becomes(newState: State): void {
    for (const listener of this.listeners) {
      listener({ newState });
    }
  }
}
