/** The extension in an editor that is a stand-in: what starts, what is said, what is sent. */

import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { env } from "node:process";
import { afterEach, beforeEach, test } from "node:test";
import type { ExtensionContext } from "vscode";
import { activate, deactivate } from "../src/extension";
import { expand, serverSettings } from "../src/settings";
import { isOlder, versionIn } from "../src/version";
import { clients, CloseAction, State } from "./languageclient";
import { editor, EventEmitter, Uri } from "./vscode";
import { until } from "./waiting";

const PATH = env.PATH;
const DOCUMENT = "schemaVersion: '2.2'\n";

let folder = "";

beforeEach(() => {
  editor.reset();
  clients.reset();
  folder = mkdtempSync(join(tmpdir(), "ssmlint-"));
  editor.folders = [{ name: "project", uri: Uri.file(folder) }];
  env.PATH = "";
});

afterEach(async () => {
  await deactivate();
  env.PATH = PATH;
  rmSync(folder, { recursive: true });
});

async function begin(): Promise<void> {
  await activate({ subscriptions: [] } as unknown as ExtensionContext);
}

/** A program in the workspace that answers to whatever it is asked. */
function program(place: string, answer = "ssmlint 0.1.0"): string {
  const file = join(folder, place);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, `#!/bin/sh\necho "${answer}"\n`);
  chmodSync(file, 0o755);
  return file;
}

function open(text: string): void {
  editor.documents = [editor.document("file:///tmp/document.yaml", "yaml", text)];
}

// --- starting ---------------------------------------------------------------------------------

test("the server of the workspace is started, with the settings that are its own", async () => {
  const command = program(".venv/bin/ssmlint");
  editor.settings = { path: "", args: ["lsp"], debounce: 300, options: { shellcheck: true } };
  await begin();
  assert.deepEqual(clients.last.executable, { command, args: ["lsp"] });
  const initial = clients.last.options.initializationOptions;
  assert.deepEqual(initial, { debounce: 300, options: { shellcheck: true } });
  assert.equal(editor.status.text, "ssmlint 0.1.0");
  assert.equal(editor.status.detail, command);
  assert.deepEqual(editor.messages, []);
});

test("documents are YAML and JSON, of the disk or unsaved, and those of the AWS Toolkit", async () => {
  program(".venv/bin/ssmlint");
  await begin();
  const selector = clients.last.options.documentSelector as Record<string, string>[];
  assert.deepEqual(
    selector.map(({ scheme, language, pattern }) => [scheme, language, pattern].filter(Boolean).join(" ")),
    [
      "file yaml",
      "untitled yaml",
      "file json",
      "untitled json",
      "file ssm-yaml",
      "untitled ssm-yaml",
      "file ssm-json",
      "untitled ssm-json",
      "file jsonc **/*.json",
    ],
  );
});

test("the environment that is selected in the Python extension is asked, and listened to", async () => {
  const [one, two] = [program("one/bin/ssmlint"), program("two/bin/ssmlint")];
  const selection = new EventEmitter();
  let selected = "one";
  const environments = {
    getActiveEnvironmentPath: () => ({ path: selected }),
    resolveEnvironment: ({ path }: { path: string }) =>
      Promise.resolve({ executable: { uri: Uri.file(join(folder, path, "bin/python")) } }),
    onDidChangeActiveEnvironmentPath: selection.event,
  };
  editor.extensions["ms-python.python"] = { activate: () => Promise.resolve({ environments }) };
  await begin();
  assert.equal(clients.last.executable.command, one);
  selected = "two";
  selection.fire({});
  await until(() => clients.made.length === 2 && clients.running.length === 1);
  assert.deepEqual(clients.running.map((client) => client.executable.command), [two]);
});

test("a Python extension that fails is as good as none", async () => {
  const activate = (): Promise<never> => Promise.reject(new Error("broken"));
  editor.extensions["ms-python.python"] = { activate };
  const command = program("venv/bin/ssmlint");
  await begin();
  assert.equal(clients.last.executable.command, command);
});

test("nothing starts where it is switched off, until it is switched on", async () => {
  program(".venv/bin/ssmlint");
  editor.settings = { enable: false };
  await begin();
  assert.equal(clients.made.length, 0);
  assert.equal(editor.status.text, "ssmlint is switched off");
  await editor.set({ enable: true });
  assert.equal(clients.running.length, 1);
});

test("trust that is granted makes the workspace's own program run", async () => {
  const command = program(".venv/bin/ssmlint");
  editor.isTrusted = false;
  await begin();
  assert.equal(clients.made.length, 0);
  editor.isTrusted = true;
  await editor.fire("onDidGrantWorkspaceTrust");
  assert.equal(clients.last.executable.command, command);
});

// --- restarting -------------------------------------------------------------------------------

test("another path is another process; other settings are sent to the one that runs", async () => {
  program(".venv/bin/ssmlint");
  const other = program("other/ssmlint");
  await begin();
  await editor.set({ debounce: 20 });
  assert.equal(clients.made.length, 1);
  assert.deepEqual(clients.last.sent, [["didChangeConfiguration", { settings: null }]]);
  await editor.set({ path: other });
  assert.deepEqual(clients.running.map((client) => client.executable.command), [other]);
  assert.equal(clients.made.length, 2);
});

test("settings of others are none of our business", async () => {
  program(".venv/bin/ssmlint");
  await begin();
  await editor.fire("onDidChangeConfiguration", { affectsConfiguration: () => false });
  assert.deepEqual(clients.last.sent, []);
});

test("restarts that come at once are made one after the other", async () => {
  program(".venv/bin/ssmlint");
  await begin();
  const restart = editor.commands.get("ssmlint.restart");
  await Promise.all([restart?.(), restart?.(), restart?.()]);
  assert.equal(clients.made.length, 4);
  assert.equal(clients.running.length, 1);
  assert.deepEqual(editor.messages, []);
});

test("a folder that is added restarts nothing where the program is the same", async () => {
  program(".venv/bin/ssmlint");
  await begin();
  await editor.fire("onDidChangeWorkspaceFolders");
  assert.equal(clients.made.length, 1);
});

test("only a server that has been up is started again by itself", async () => {
  program(".venv/bin/ssmlint");
  await begin();
  const { errorHandler } = clients.last.options;
  assert.deepEqual(errorHandler.closed(), { action: CloseAction.Restart });
  clients.last.initializeResult = undefined;
  assert.deepEqual(errorHandler.closed(), { action: CloseAction.DoNotRestart, handled: true });
});

test("a server that has ended for good can be restarted from the status", async () => {
  program(".venv/bin/ssmlint");
  await begin();
  clients.last.becomes(State.Stopped);
  assert.equal(editor.status.text, "ssmlint has stopped");
  assert.deepEqual(editor.status.command, { command: "ssmlint.restart", title: "Restart" });
  clients.last.becomes(State.Running);
  assert.equal(editor.status.text, "ssmlint 0.1.0");
});

// --- what the server asks, and commands --------------------------------------------------------

test("the server that asks for the section gets its own settings only", async () => {
  program(".venv/bin/ssmlint");
  editor.settings = { path: "", isolated: true };
  await begin();
  const { configuration } = clients.last.options.middleware.workspace;
  const items = [{ section: "ssmlint" }, { section: "editor" }];
  const next = (): Promise<unknown> => Promise.resolve([{ path: "", isolated: true }, { tabSize: 2 }]);
  assert.deepEqual(await configuration({ items }, undefined, next), [{ isolated: true }, { tabSize: 2 }]);
});

test("debug information is shown as a text", async () => {
  program(".venv/bin/ssmlint");
  await begin();
  await editor.commands.get("ssmlint.showDebugInformation")?.();
  assert.deepEqual(clients.last.sent, [["executeCommand", { command: "ssmlint.printDebugInformation" }]]);
  assert.deepEqual(editor.executed.at(-1), ["text is shown", "ssmlint 0.1.0, pygls 2"]);
});

// --- messages ---------------------------------------------------------------------------------

test("that there is no server is said where a document is open that it would check", async () => {
  open(DOCUMENT);
  await begin();
  assert.equal(editor.messages.length, 1);
  assert.match(editor.messages[0]?.text ?? "", /^ssmlint is not installed/);
  assert.deepEqual(editor.messages[0]?.actions, ["How to Install", "Open Settings", "Show Output"]);
  assert.equal(editor.status.text, "ssmlint is not installed");
  assert.ok(editor.log.some((line) => line.includes(join(folder, ".venv/bin/ssmlint"))));
});

test("elsewhere it waits for such a document, and is said once", async () => {
  open("name: something else\n");
  await begin();
  await editor.fire("onDidOpenTextDocument", editor.document("file:///a.json", "json", "{}"));
  assert.deepEqual(editor.messages, []);
  const ours = editor.document("file:///b.json", "json", '{"schemaVersion": "2.2"}');
  await editor.fire("onDidOpenTextDocument", ours);
  await editor.fire("onDidOpenTextDocument", ours);
  assert.equal(editor.messages.length, 1);
});

for (const [button, command] of [
  ["How to Install", "extension.open"],
  ["Open Settings", "workbench.action.openSettings"],
  ["Show Output", "ssmlint.showOutput"],
] as const) {
  test(`the button ${button} does that`, async () => {
    open(DOCUMENT);
    editor.press = button;
    await begin();
    await until(() => editor.executed.some(([name]) => name === command));
  });
}

test("a path that is set and does not exist is said to be that", async () => {
  open(DOCUMENT);
  program(".venv/bin/ssmlint");
  editor.settings = { path: "${workspaceFolder}/gone" };
  await begin();
  assert.equal(clients.made.length, 0);
  assert.match(editor.messages[0]?.text ?? "", /setting `ssmlint.path` does not exist/);
});

test("what a server says that does not start is shown, and nothing else", async () => {
  open(DOCUMENT);
  const answer = "ssmlint: the language server needs pygls, which is not installed";
  program(".venv/bin/ssmlint", answer);
  clients.failure = new Error("connection got disposed");
  await begin();
  assert.deepEqual(editor.messages.map(({ text }) => text), [answer]);
  assert.equal(editor.status.text, "ssmlint has stopped");
});

test("a server that is too old to start is said to be that", async () => {
  open(DOCUMENT);
  program(".venv/bin/ssmlint", "ssmlint 0.0.9");
  clients.failure = new Error("connection got disposed");
  await begin();
  assert.match(editor.messages[0]?.text ?? "", /^ssmlint 0.0.9 is too old .* needs 0.1.0 or newer/);
});

test("so is one that starts", async () => {
  open(DOCUMENT);
  program(".venv/bin/ssmlint");
  clients.version = "0.0.10";
  await begin();
  assert.match(editor.messages[0]?.text ?? "", /^ssmlint 0.0.10 is too old/);
});

// --- words ------------------------------------------------------------------------------------

test("words in settings are replaced, and what is not known stays", () => {
  env.SSMLINT_HERE = "/here";
  assert.equal(expand("${workspaceFolder}/a"), join(folder, "a"));
  assert.equal(expand("${workspaceFolder:project}/a"), join(folder, "a"));
  assert.equal(expand("${workspaceFolder:gone}/a"), "${workspaceFolder:gone}/a");
  assert.equal(expand("~/a"), join(homedir(), "a"));
  assert.equal(expand("a~b"), "a~b");
  assert.equal(expand("${userHome}/${env:SSMLINT_HERE}${env:SSMLINT_NOWHERE}"), `${homedir()}//here`);
  assert.equal(expand("${fileBasename}"), "${fileBasename}");
  editor.settings = { configuration: "${workspaceFolder}/ssmlint.toml" };
  assert.deepEqual(serverSettings(), { configuration: join(folder, "ssmlint.toml") });
});

test("versions are compared by their numbers", () => {
  assert.ok(isOlder("0.9.2", "0.10.0"));
  assert.ok(isOlder("0.1", "0.1.1"));
  assert.ok(!isOlder("0.1.0", "0.1"));
  assert.ok(!isOlder("1.0.0", "0.10.0"));
  assert.equal(versionIn("ssmlint 1.2.3\n"), "1.2.3");
  assert.equal(versionIn("uvx 1.2.3"), undefined);
});
