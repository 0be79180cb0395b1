// A list is what it lists, however many pages it has.

import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";

import { items, type ListStockRequest, StockService } from "../src/node.js";
import { client, Code, refusal, serve } from "./kit.js";

const PAGES: Record<string, { skus: string[]; next: string }> = {
  "": { skus: ["BOWL", "CUP"], next: "second" },
  second: { skus: [], next: "third" },
  third: { skus: ["MUG"], next: "" },
};

async function listing(t: TestContext, before: (asked: ListStockRequest[]) => void = () => {}) {
  const asked: ListStockRequest[] = [];
  const server = await serve(t, "HTTP/2", ({ rpc }) =>
    rpc(StockService.method.listStock, (request) => {
      asked.push(request);
      before(asked);
      const { skus, next } = PAGES[request.pageToken]!;
      return { levels: skus.map((sku) => ({ sku })), nextPageToken: next };
    }),
  );
  return { asked, ...client(t, "HTTP/2", server.address) };
}

test("all items of all pages", async (t) => {
  const { asked, connection } = await listing(t);
  const skus: string[] = [];
  for await (const { sku } of items(connection.stock.listStock, { location: "main", pageSize: 2 })) skus.push(sku);
  assert.deepEqual(skus, ["BOWL", "CUP", "MUG"]);
  const pages = asked.map((it) => [it.location, it.pageSize, it.pageToken]);
  assert.deepEqual(pages, [
    ["main", 2, ""],
    ["main", 2, "second"],
    ["main", 2, "third"],
  ]);
});

test("who leaves early asks for no more", async (t) => {
  const { asked, connection } = await listing(t);
  for await (const { sku } of items(connection.stock.listStock, {})) if (sku === "CUP") break;
  assert.equal(asked.length, 1);
});

test("one can begin in the middle", async (t) => {
  const { connection } = await listing(t);
  const skus: string[] = [];
  for await (const { sku } of items(connection.stock.listStock, { pageToken: "third" })) skus.push(sku);
  assert.deepEqual(skus, ["MUG"]);
});

test("a page is asked for again where that helps", async (t) => {
  const { asked, connection } = await listing(t, ({ length }) => {
    if (length === 2) throw refusal(Code.Unavailable, "SHUTTING_DOWN");
  });
  const skus: string[] = [];
  for await (const { sku } of items(connection.stock.listStock, {})) skus.push(sku);
  assert.deepEqual(skus, ["BOWL", "CUP", "MUG"]);
  assert.deepEqual(
    asked.map((it) => it.pageToken),
    ["", "second", "second", "third"],
  );
});
