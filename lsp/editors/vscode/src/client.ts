/** The client of the protocol: which documents, which process, which settings. */

import * as vscode from "vscode";
import {
  CloseAction,
  DidChangeConfigurationNotification,
  ExecuteCommandRequest,
  LanguageClient,
  RevealOutputChannelOn,
  State,
  type ErrorHandler,
  type Executable,
  type LanguageClientOptions,
} from "vscode-languageclient/node";
import type { Found } from "./finding";
import { SECTION, serverSettings } from "./settings";

/** The server's own command, see `docs/editors.md`. */
const DEBUG_INFORMATION = "ssmlint.printDebugInformation";

/** Languages of the documents; `ssm-*` are those of the AWS Toolkit. */
const LANGUAGES = ["yaml", "json", "ssm-yaml", "ssm-json"];

/**
 * Documents of these languages, on the disk or not yet saved.
 *
 * JSON with comments is no JSON to AWS; but many have set that it is the language of
 * `*.json`.  Revisions of git and settings of the editor have schemes of their own.
 */
export const SELECTOR: { scheme: string; language: string; pattern?: string }[] = [
  ...LANGUAGES.flatMap((language) => [
    { scheme: "file", language },
    { scheme: "untitled", language },
  ]),
  { scheme: "file", language: "jsonc", pattern: "**/*.json" },
];

export type ClientState = "starting" | "running" | "stopped";

export interface Client {
  /** Rejects where the server does not come up; nothing has been said to the user then. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** As the server gives it; undefined before it runs. */
  readonly version: string | undefined;
  settingsChanged(): Promise<void>;
  debugInformation(): Promise<string>;
  onState(listener: (state: ClientState) => void): void;
}

export function createClient(found: Found, output: vscode.LogOutputChannel): Client {
  const options = clientOptions(output, () => client);
  const client = new QuietClient(SECTION, "ssmlint", executable(found), options);
  return {
    start: () => client.start(),
    stop: () => client.dispose(),
    get version() {
      return client.initializeResult?.serverInfo?.version;
    },
    // The server asks for them then.
    settingsChanged: () =>
      client.sendNotification(DidChangeConfigurationNotification.type, { settings: null }),
    debugInformation: async () => {
      const answer: unknown = await client.sendRequest(ExecuteCommandRequest.type, {
        command: DEBUG_INFORMATION,
      });
      return String(answer);
    },
    onState: (listener) => {
      client.onDidChangeState(({ newState }) => {
        listener(stateOf(newState));
      });
    },
  };
}

export function executable(found: Found): Executable {
  return { command: found.command, args: [...found.args] };
}

function stateOf(state: State): ClientState {
  switch (state) {
    case State.Starting:
      return "starting";
    case State.Running:
      return "running";
    default:
      return "stopped";
  }
}

function clientOptions(
  output: vscode.LogOutputChannel,
  client: () => LanguageClient,
): LanguageClientOptions {
  return {
    documentSelector: SELECTOR,
    outputChannel: output,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    initializationOptions: serverSettings(),
    initializationFailedHandler: () => false,
    errorHandler: errorHandler(client),
    middleware: {
      workspace: {
        configuration: async (params, token, next) => {
          const answers = await next(params, token);
          return Array.isArray(answers)
            ? answers.map((answer: unknown, place) =>
                params.items[place]?.section === SECTION ? serverSettings() : answer,
              )
            : answers;
        },
      },
    },
  };
}

/** Shows no messages of its own while the server comes up: why it does not is said by us. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown, show?: boolean | "force"): void {
    super.error(message, data, this.initializeResult === undefined ? false : show);
  }
}

/** A server that has been up is started again, some times; one that never was will not be. */
function errorHandler(client: () => LanguageClient): ErrorHandler {
  let handler: ErrorHandler | undefined;
  const usual = (): ErrorHandler => (handler ??= client().createDefaultErrorHandler());
  return {
    error: (error, message, count) => usual().error(error, message, count),
    closed: () =>
      client().initializeResult === undefined
        ? { action: CloseAction.DoNotRestart, handled: true }
        : usual().closed(),
  };
}
