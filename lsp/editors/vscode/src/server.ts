/** The server's life: found, started, restarted, stopped; one step after the other. */

import * as vscode from "vscode";
import { createClient, type Client } from "./client";
import { findServer, isFound, type Found, type Search, type Surroundings } from "./finding";
import { isOurs, tellFailed, tellMissing, tellOld } from "./messages";
import { readSettings } from "./settings";
import type { Status } from "./status";
import { answerOf, isOlder, OLDEST, versionIn } from "./version";

const IS_RUNNING = "ssmlint.isRunning";

export class Server {
  private client: Client | undefined;
  private found: Found | undefined;
  private steps: Promise<void> = Promise.resolve();
  /** What is to be said once a document is open that it matters for. */
  private untold: (() => Promise<void>) | undefined;

  constructor(
    private readonly output: vscode.LogOutputChannel,
    private readonly status: Status,
    private readonly surroundings: () => Surroundings,
  ) {}

  restart(): Promise<void> {
    return this.step(async () => {
      await this.end();
      await this.begin();
    });
  }

  stop(): Promise<void> {
    return this.step(() => this.end());
  }

  /** Restarts where another program would be found now than the one that runs. */
  lookAgain(): Promise<void> {
    return this.step(async () => {
      const search = await this.search();
      const command = isFound(search) ? search.command : undefined;
      if (command !== this.found?.command) {
        await this.end();
        await this.begin();
      }
    });
  }

  async settingsChanged(): Promise<void> {
    await this.client?.settingsChanged();
  }

  async debugInformation(): Promise<string> {
    return (await this.client?.debugInformation()) ?? "ssmlint: the server does not run";
  }

  /** A document was opened: the moment to say what is wrong, if it matters for it. */
  async opened(document: vscode.TextDocument): Promise<void> {
    const tell = this.untold;
    if (tell !== undefined && isOurs(document)) {
      this.untold = undefined;
      await tell();
    }
  }

  /** Steps never overlap, and one that fails does not keep the next from being taken. */
  private step(action: () => Promise<void>): Promise<void> {
    const taken = this.steps.then(action);
    this.steps = taken.catch((error: unknown) => {
      this.output.error(String(error));
    });
    return this.steps;
  }

  private search(): Promise<Search> {
    return findServer(readSettings(), this.surroundings());
  }

  private async begin(): Promise<void> {
    if (!readSettings().enable) {
      this.status.show({ is: "off" });
      return;
    }
    const search = await this.search();
    if (!isFound(search)) {
      this.status.show({ is: "missing" });
      this.output.error(`ssmlint was not found; looked for: ${search.tried.join(", ")}`);
      this.tellLater(() => tellMissing(search));
      return;
    }
    this.found = search;
    this.output.info(`starting ${[search.command, ...search.args].join(" ")} (${search.origin})`);
    await this.launch(search);
  }

  private async launch(found: Found): Promise<void> {
    const client = createClient(found, this.output);
    this.client = client;
    this.status.show({ is: "starting" });
    try {
      await client.start();
    } catch (error) {
      this.output.error(String(error));
      await this.failed(found);
      return;
    }
    client.onState((state) => {
      if (client === this.client) {
        this.show(state, client, found);
      }
    });
    this.show("running", client, found);
    const { version } = client;
    if (version !== undefined && isOlder(version, OLDEST)) {
      this.tellLater(() => tellOld(version));
    }
  }

  private async failed(found: Found): Promise<void> {
    this.client = undefined;
    this.status.show({ is: "stopped" });
    const answer = await answerOf(found.command, found.args);
    const version = versionIn(await answerOf(found.command, ["--version"]));
    this.output.error(answer === "" ? "the server ended without a word" : answer);
    this.tellLater(() => tellFailed(answer, version));
  }

  private show(state: "starting" | "running" | "stopped", client: Client, found: Found): void {
    const isRunning = state === "running";
    void vscode.commands.executeCommand("setContext", IS_RUNNING, isRunning);
    const { version } = client;
    this.status.show(isRunning ? { is: state, version, command: found.command } : { is: state });
  }

  private async end(): Promise<void> {
    const { client } = this;
    this.client = this.found = this.untold = undefined;
    void vscode.commands.executeCommand("setContext", IS_RUNNING, false);
    this.status.show({ is: "off" });
    await client?.stop();
  }

  private tellLater(tell: () => Promise<void>): void {
    if (vscode.workspace.textDocuments.some(isOurs)) {
      void tell();
    } else {
      this.untold = tell;
    }
  }
}
