/** The real server, spoken to as any client of the protocol does. */

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { test } from "node:test";
import {
  createProtocolConnection,
  DidOpenTextDocumentNotification,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  PublishDiagnosticsNotification,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type PublishDiagnosticsParams,
} from "vscode-languageserver-protocol/node";
import { executable } from "../src/client";
import { OLDEST, isOlder } from "../src/version";
import { BAD, PROGRAM, RULE, WHERE } from "./real";
import { until } from "./waiting";

test("a bad document that is opened gets its diagnostics", async () => {
  const { command, args } = executable({ command: PROGRAM, args: ["lsp"], origin: "setting" });
  const server = spawn(command, args ?? [], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise<number | null>((resolve) => server.on("exit", resolve));
  const reader = new StreamMessageReader(server.stdout);
  const connection = createProtocolConnection(reader, new StreamMessageWriter(server.stdin));
  const published: PublishDiagnosticsParams[] = [];
  connection.onNotification(PublishDiagnosticsNotification.type, (params) => {
    published.push(params);
  });
  connection.listen();
  try {
    const answer = await connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      rootUri: null, // eslint-disable-line @typescript-eslint/no-deprecated -- part of the message
      capabilities: {},
    });
    assert.equal(answer.serverInfo?.name, "ssmlint");
    assert.ok(!isOlder(answer.serverInfo.version ?? "", OLDEST));
    await connection.sendNotification(InitializedNotification.type, {});
    const uri = "file:///nowhere/document.yaml";
    await connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri, languageId: "yaml", version: 1, text: BAD },
    });
    const { diagnostics } = await until(() => published.find((one) => one.diagnostics.length > 0));
    const [found] = diagnostics.filter(({ code }) => code === RULE);
    const { start, end } = found?.range ?? assert.fail(JSON.stringify(diagnostics));
    assert.deepEqual([start.line, start.character, end.line, end.character], WHERE);
    await connection.sendRequest(ShutdownRequest.type);
    await connection.sendNotification(ExitNotification.type);
    assert.equal(await ended, 0);
  } finally {
    server.kill();
  }
});
