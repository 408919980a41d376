// Bundles the extension into dist/.  With --tests everything goes to out/: the extension, and
// its tests, for which the modules of the editor are the ones in test/.

import { copyFile, readdir } from "node:fs/promises";
import { build } from "esbuild";

const common = {
  bundle: true,
  platform: "node",
  target: "node18",
  format: "cjs",
  logLevel: "warning",
};

const isTest = process.argv.includes("--tests");
const isRelease = process.argv.includes("--release");

await build({
  ...common,
  entryPoints: ["src/extension.ts"],
  outfile: isTest ? "out/extension.cjs" : "dist/extension.js",
  external: ["vscode"],
  minify: isRelease,
  sourcemap: !isRelease,
});
if (isRelease) {
  await copyFile("../../../LICENSE", "LICENSE");
}
if (isTest) {
  const names = (await readdir("test")).filter((name) => name.endsWith(".test.ts"));
  await build({
    ...common,
    entryPoints: names.map((name) => `test/${name}`),
    outdir: "out",
    outExtension: { ".js": ".cjs" },
    sourcemap: "inline",
    alias: { vscode: "./test/vscode.ts", "vscode-languageclient/node": "./test/languageclient.ts" },
  });
}
