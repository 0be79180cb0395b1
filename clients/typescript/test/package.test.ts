// What is published is whole, and its web half is for browsers.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { runInNewContext } from "node:vm";

import type { DescService } from "@bufbuild/protobuf";
import { build } from "esbuild";

import * as erpsync from "../src/node.js";
import { client, serve } from "./kit.js";

const TOP = new URL("../..", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, TOP), "utf8");

test("every file of gen is exported", () => {
  const exported = read("gen/index.ts");
  for (const file of readdirSync(new URL("gen/erpsync/v1", TOP))) {
    assert.ok(exported.includes(`export * from "./erpsync/v1/${file.replace(/\.ts$/, ".js")}";`), file);
  }
});

test("every service can be called", (t) => {
  const { connection } = client(t, "HTTP/2", "http://127.0.0.1:1");
  const clients = Object.values(connection) as Record<string, unknown>[];
  const services = Object.values(erpsync as object).filter((it): it is DescService => it?.kind === "service");
  assert.ok(services.length >= 16);
  for (const { name, methods } of services) {
    const methodsOf = (it: Record<string, unknown>) => methods.every(({ localName }) => localName in it);
    assert.equal(clients.filter(methodsOf).length, 1, name);
  }
});

test("the package for browsers needs no module of Node, and nothing that only Node has", async (t) => {
  const bundled = await build({
    stdin: { contents: `export * from "@erpsync/client";`, resolveDir: new URL(".", TOP).pathname },
    bundle: true,
    write: false,
    metafile: true,
    platform: "browser",
    format: "iife",
    globalName: "erpsync",
  });
  const inputs = Object.keys(bundled.metafile.inputs);
  assert.ok(inputs.includes("dist/src/web.js"));
  assert.deepEqual(
    inputs.filter((it) => it.includes("connect-node") || it.includes("node.js")),
    [],
  );

  const server = await serve(t, "fetch", ({ rpc }) =>
    rpc(erpsync.StockService.method.setStock, ({ requestId }) => {
      assert.match(requestId, /^[0-9a-f-]{36}$/);
      return { revision: 7n };
    }),
  );
  const page = { ...ofBrowsers(), address: server.address, revision: undefined as unknown };
  const script = `(async () => {
    revision = (await erpsync.open(address, "esk_1_2").stock.setStock({})).revision;
  })()`;
  await runInNewContext(`${bundled.outputFiles[0]!.text};${script}`, page);
  assert.equal(page.revision, 7n);
});

test("what is packed is what the entry points need, and no more", () => {
  const told = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
    cwd: TOP,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const packed = JSON.parse(told) as { files: { path: string }[] }[] | Record<string, { files: { path: string }[] }>;
  const files = Object.values(packed)[0]!.files.map((it) => it.path);
  const { exports, main, types } = JSON.parse(read("package.json"));
  const named = [main, types, ...Object.values(exports).flatMap(leaves)] as string[];
  for (const path of named) assert.ok(files.includes(path.replace("./", "")), path);
  for (const path of ["LICENSE", "README.md"]) assert.ok(files.includes(path), path);
  const others = files.filter((it) => !/^(dist\/(src|gen)\/|LICENSE$|README.md$|package.json$)/.test(it));
  assert.deepEqual(others, []);
});

test("dependencies are pinned", () => {
  const { dependencies, devDependencies } = JSON.parse(read("package.json"));
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
    assert.match(version as string, /^\d+\.\d+\.\d+$/, name);
  }
});

test("the README shows the samples as they are", () => {
  const shown = [...read("README.md").matchAll(/^<!-- (samples\/\S+) -->\n+```\w+\n(.*?)^```$/gms)];
  for (const [, file, block] of shown) assert.equal(block, read(file!), file);
  const samples = readdirSync(new URL("samples", TOP)).map((it) => `samples/${it}`);
  assert.deepEqual(shown.map(([, file]) => file).sort(), samples.sort());
});

function ofBrowsers(): object {
  const names = ["AbortController", "crypto", "fetch", "Headers", "performance", "TextDecoder", "TextEncoder", "URL"];
  const all = [...names, "setTimeout", "clearTimeout"];
  return Object.fromEntries(all.map((name) => [name, globalThis[name as keyof typeof globalThis]]));
}

function leaves(value: unknown): unknown[] {
  return typeof value === "object" ? Object.values(value as object).flatMap(leaves) : [value];
}
