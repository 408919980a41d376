/** Where the program is looked for, and in which order. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { findServer, isFound, type Search, type Surroundings } from "../src/finding";

const DEFAULTS = { enable: true, path: "", args: ["lsp"] };

function around(programs: string[], more: Partial<Surroundings> = {}): Surroundings {
  return {
    platform: "linux",
    path: "/usr/local/bin:/usr/bin",
    folders: ["/project"],
    isTrusted: true,
    interpreter: () => Promise.resolve(undefined),
    isProgram: (file) => Promise.resolve(programs.includes(file)),
    ...more,
  };
}

function command(search: Search): string | undefined {
  return isFound(search) ? search.command : undefined;
}

const EVERYWHERE = [
  "/envs/selected/bin/ssmlint",
  "/project/.venv/bin/ssmlint",
  "/project/venv/bin/ssmlint",
  "/usr/local/bin/ssmlint",
  "/usr/bin/ssmlint",
];

test("the selected environment comes first, then the workspace's, then the PATH", async () => {
  const interpreter = (): Promise<string> => Promise.resolve("/envs/selected/bin/python3");
  const found: (string | undefined)[] = [];
  for (const [place] of EVERYWHERE.entries()) {
    found.push(command(await findServer(DEFAULTS, around(EVERYWHERE.slice(place), { interpreter }))));
  }
  assert.deepEqual(found, EVERYWHERE);
});

test("every folder of the workspace is looked into", async () => {
  const folders = ["/one", "/two"];
  const search = await findServer(DEFAULTS, around(["/two/venv/bin/ssmlint"], { folders }));
  assert.equal(command(search), "/two/venv/bin/ssmlint");
});

test("nothing of a workspace that is not trusted is started", async () => {
  const interpreter = (): Promise<string> => Promise.resolve("/envs/selected/bin/python3");
  const search = await findServer(DEFAULTS, around(EVERYWHERE, { interpreter, isTrusted: false }));
  assert.equal(command(search), "/usr/local/bin/ssmlint");
});

test("folders of the PATH that are relative do not count", async () => {
  const search = await findServer(DEFAULTS, around(["bin/ssmlint", "ssmlint"], { path: "bin::." }));
  assert.equal(command(search), undefined);
});

test("a path that is set is taken, with its arguments", async () => {
  const settings = { enable: true, path: "/opt/ssmlint", args: ["lsp", "--stdio"] };
  const search = await findServer(settings, around([...EVERYWHERE, "/opt/ssmlint"]));
  assert.deepEqual(search, { command: "/opt/ssmlint", args: ["lsp", "--stdio"], origin: "setting" });
});

test("a relative path is one in the workspace", async () => {
  const settings = { ...DEFAULTS, path: "tools/ssmlint" };
  const search = await findServer(settings, around(["/project/tools/ssmlint"]));
  assert.equal(command(search), "/project/tools/ssmlint");
});

test("a name is looked for on the PATH", async () => {
  const search = await findServer({ ...DEFAULTS, path: "uvx" }, around(["/usr/bin/uvx"]));
  assert.equal(command(search), "/usr/bin/uvx");
});

test("what is set and does not exist is not replaced by another program", async () => {
  const search = await findServer({ ...DEFAULTS, path: "/gone/ssmlint" }, around(EVERYWHERE));
  assert.deepEqual(search, { tried: ["/gone/ssmlint"], origin: "setting" });
});

test("where there is none, the answer says where it was looked for, each place once", async () => {
  const search = await findServer(DEFAULTS, around([], { path: "/usr/bin:/usr/bin" }));
  assert.deepEqual(search, {
    tried: ["/project/.venv/bin/ssmlint", "/project/venv/bin/ssmlint", "/usr/bin/ssmlint"],
    origin: "path",
  });
});

test("on Windows programs end in .exe and lie in Scripts", async () => {
  const more: Partial<Surroundings> = {
    platform: "win32",
    path: String.raw`C:\Windows;D:\tools`,
    folders: [String.raw`C:\project`],
  };
  const venv = String.raw`C:\project\.venv\Scripts\ssmlint.exe`;
  const tools = String.raw`D:\tools\ssmlint.exe`;
  assert.equal(command(await findServer(DEFAULTS, around([venv, tools], more))), venv);
  assert.equal(command(await findServer(DEFAULTS, around([tools], more))), tools);
  const interpreter = (): Promise<string> => Promise.resolve(String.raw`E:\env\Scripts\python.exe`);
  const selected = String.raw`E:\env\Scripts\ssmlint.exe`;
  const search = await findServer(DEFAULTS, around([selected, venv], { ...more, interpreter }));
  assert.equal(command(search), selected);
});
