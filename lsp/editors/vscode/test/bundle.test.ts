/**
 * The bundle, with the real library of the protocol and the real server, in
 * an editor that is a stand-in.
 */

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cwd } from "node:process";
import { test } from "node:test";
import type * as extension from "../src/extension";
import { BAD, PROGRAM, RULE, WHERE } from "./real";
import * as vscode from "./vscode";
import { until } from "./waiting";

const { editor } = vscode;

/** How Node loads a module, which is the only way to one that exists in no folder. */
const loader = Module as unknown as { _load: (name: string, ...rest: unknown[]) => unknown };

function load(): typeof extension {
  const usual = loader._load;
  const declarations = join(cwd(), "node_modules/@types/vscode/index.d.ts");
  const all = { ...vscode.complete(declarations), ...vscode };
  loader._load = (name, ...rest) => (name === "vscode" ? all : usual(name, ...rest));
  try {
    const here = createRequire(join(cwd(), "package.json"));
    return here("./out/extension.cjs") as typeof extension;
  } finally {
    loader._load = usual;
  }
}

/** As VS Code has it: a rule with a link to its page. */
type Diagnostic = vscode.Diagnostic & { readonly code: { readonly value: string } };

test("the packaged extension starts the server and shows what it finds", async () => {
  const { activate, deactivate } = load();
  const folder = mkdtempSync(join(tmpdir(), "ssmlint-"));
  const uri = vscode.Uri.file(join(folder, "document.yaml")).toString();
  editor.reset();
  editor.settings = { path: PROGRAM };
  editor.documents = [editor.document(uri, "yaml", BAD)];
  try {
    await activate({ subscriptions: [] } as never);
    assert.match(String(editor.status.text), /^ssmlint \d+\.\d+\.\d+/, editor.log.join("\n"));
    const found = await until(() => editor.diagnostics.get(uri) as Diagnostic[] | undefined);
    const { start, end } =
      found.find((one) => one.code.value === RULE)?.range ?? assert.fail(JSON.stringify(found));
    assert.deepEqual([start.line, start.character, end.line, end.character], WHERE);
    await editor.commands.get("ssmlint.showDebugInformation")?.();
    assert.match(String(editor.executed.at(-1)), /text is shown,ssmlint \d/);
    assert.deepEqual(editor.messages, []);
  } finally {
    await deactivate();
    rmSync(folder, { recursive: true });
  }
});

test("a program that is no server is told of once, in its own words", async () => {
  const { activate, deactivate } = load();
  editor.reset();
  editor.settings = { path: process.execPath, args: ["-e", "console.error('I am no server')"] };
  editor.documents = [editor.document("file:///a.yaml", "yaml", BAD)];
  try {
    await activate({ subscriptions: [] } as never);
    await until(() => editor.messages.length > 0);
    assert.deepEqual(editor.messages.map(({ text }) => text), ["ssmlint: I am no server"]);
    assert.equal(editor.status.text, "ssmlint has stopped");
  } finally {
    await deactivate();
  }
});
