// A request has an identity before it is said for the first time, and what cannot be said is not.

import assert from "node:assert/strict";
import { test } from "node:test";

import { create, OrderService, SetStockRequestSchema, StockService, type SubmitOrderRequest } from "../src/node.js";
import { client, serve } from "./kit.js";

test("each request gets an identity of its own, unless its caller gave one", async (t) => {
  const said: string[] = [];
  const server = await serve(t, "HTTP/2", ({ rpc }) =>
    rpc(StockService.method.setStock, ({ requestId }) => {
      said.push(requestId);
      return {};
    }),
  );
  const { connection } = client(t, "HTTP/2", server.address);
  const request = create(SetStockRequestSchema, { readings: [{ sku: "MUG", onHand: "5" }] });
  await connection.stock.setStock(request);
  await connection.stock.setStock(request);
  await connection.stock.setStock({ requestId: "mine" });
  assert.equal(request.requestId, "", "the caller's request stays as it is");
  assert.equal(new Set(said).size, 3);
  assert.match(said[0]!, /^[!-~]{1,64}$/);
  assert.equal(said[2], "mine");
});

test("a request with a natural identity is sent as it is", async (t) => {
  const said: SubmitOrderRequest[] = [];
  const server = await serve(t, "HTTP/2", ({ rpc }) =>
    rpc(OrderService.method.submitOrder, (request) => {
      said.push(request);
      return {};
    }),
  );
  const { connection } = client(t, "HTTP/2", server.address);
  await connection.orders.submitOrder({ externalOrderId: "4711", lines: [{ lineId: "1", quantity: "1.5" }] });
  assert.equal(said[0]!.externalOrderId, "4711");
  assert.equal(said[0]!.lines[0]!.quantity, "1.5");
});

test("what is no request is not sent", async (t) => {
  let said = 0;
  const server = await serve(t, "HTTP/2", ({ rpc }) =>
    rpc(StockService.method.listStock, () => {
      said += 1;
      return {};
    }),
  );
  const { connection, waits } = client(t, "HTTP/2", server.address);
  await assert.rejects(connection.stock.listStock({ pageSize: 2.5 }), /page_size.*invalid int32: 2.5/);
  assert.deepEqual([said, waits.length], [0, 0]);
});

test("a number where a text belongs is not sent", async (t) => {
  let said = 0;
  const server = await serve(t, "HTTP/2", ({ rpc }) => {
    const heard = () => {
      said += 1;
      return {};
    };
    rpc(StockService.method.setStock, heard);
    rpc(OrderService.method.submitOrder, heard);
  });
  const { stock, orders } = client(t, "HTTP/2", server.address).connection;
  const wrong = (path: string) => ({ name: "TypeError", message: new RegExp(`^${path} is a number, .*write it as text`) });
  await assert.rejects(
    stock.setStock({ readings: [{ onHand: "5" }, { onHand: 2.5 as never }] }),
    wrong("readings\\[1\\]\\.onHand"),
  );
  await assert.rejects(orders.submitOrder({ total: 0 as never }), wrong("total"));
  const made = create(SetStockRequestSchema, { readings: [{ sku: "MUG" }] });
  made.readings[0]!.onHand = 5 as never;
  await assert.rejects(stock.setStock(made), wrong("readings\\[0\\]\\.onHand"));
  assert.equal(said, 0);
});

test("the headers of an answer are there", async (t) => {
  const server = await serve(t, "HTTP/2", ({ rpc }) =>
    rpc(StockService.method.setStock, (_, { responseHeader }) => {
      responseHeader.set("erpsync-replayed", "true");
      return {};
    }),
  );
  const { connection } = client(t, "HTTP/2", server.address);
  let replayed: string | null = null;
  const onHeader = (headers: Headers) => void (replayed = headers.get("erpsync-replayed"));
  await connection.stock.setStock({}, { onHeader });
  assert.equal(replayed, "true");
});
