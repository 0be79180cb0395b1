// Single calls are said again where that may help, and nothing else is.

import assert from "node:assert/strict";
import { test } from "node:test";

import { createServer } from "node:net";
import type { AddressInfo } from "node:net";

import { toBinary } from "@bufbuild/protobuf";

import {
  create,
  durationFromMs,
  ErpsyncError,
  InboxService,
  type SetStockRequest,
  SetStockRequestSchema,
  StockService,
} from "../src/node.js";
import { client, Code, listen, never, refusal, serve, WIRES } from "./kit.js";

const MUG = { readings: [{ sku: "MUG", onHand: "5" }] };

const ONCE = 1;
const FIVE_TIMES = 5;

const SAID_BY_THE_SERVER: [name: string, error: () => unknown, attempts: number][] = [
  ["UNAVAILABLE", () => refusal(Code.Unavailable, "SHUTTING_DOWN"), FIVE_TIMES],
  ["DEADLINE_EXCEEDED", () => refusal(Code.DeadlineExceeded, "DEADLINE_EXCEEDED"), FIVE_TIMES],
  ["RESOURCE_EXHAUSTED with a delay", () => refusal(Code.ResourceExhausted, "OVERLOADED", { retryMs: 20 }), FIVE_TIMES],
  ["RESOURCE_EXHAUSTED without one", () => refusal(Code.ResourceExhausted, "MESSAGE_TOO_LARGE"), ONCE],
  ["ABORTED", () => refusal(Code.Aborted, "REVISION_NOT_REACHED"), ONCE],
  ["FAILED_PRECONDITION", () => refusal(Code.FailedPrecondition, "INSUFFICIENT_STOCK"), ONCE],
  ["INVALID_ARGUMENT", () => refusal(Code.InvalidArgument, "FIELD_INVALID"), ONCE],
  ["UNAUTHENTICATED", () => refusal(Code.Unauthenticated, "TOKEN_INVALID"), ONCE],
  ["INTERNAL", () => refusal(Code.Internal, "INTERNAL"), ONCE],
];

for (const wire of WIRES) {
  for (const [name, error, attempts] of SAID_BY_THE_SERVER) {
    test(`${wire}: what is refused with ${name} is said ${attempts} times`, async (t) => {
      let said = 0;
      const server = await serve(t, wire, ({ rpc }) =>
        rpc(StockService.method.setStock, () => {
          said += 1;
          throw error();
        }),
      );
      const { connection, retries } = client(t, wire, server.address);
      await assert.rejects(connection.stock.setStock(MUG), ErpsyncError);
      assert.equal(said, attempts);
      assert.equal(retries.length, attempts - 1);
    });
  }

  test(`${wire}: after a lost answer the same is said again, with the same identity`, async (t) => {
    const said: SetStockRequest[] = [];
    const server = await serve(t, wire, ({ rpc }) =>
      rpc(StockService.method.setStock, (request, call) => {
        said.push(request);
        if (said.length > 1) return { revision: 7n };
        server.cut();
        return never(call);
      }),
    );
    const { connection, retries } = client(t, wire, server.address);
    const answer = await connection.stock.setStock(MUG);
    assert.equal(answer.revision, 7n);
    assert.equal(said.length, 2);
    assert.match(said[0]!.requestId, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.deepEqual(toBinary(SetStockRequestSchema, said[1]!), toBinary(SetStockRequestSchema, said[0]!));
    assert.equal(retries[0]!.method, "erpsync.v1.StockService/SetStock");
    assert.equal(retries[0]!.error?.code, "UNAVAILABLE");
  });

  test(`${wire}: what the caller does to its request meanwhile does not matter`, async (t) => {
    const said: string[] = [];
    const server = await serve(t, wire, ({ rpc }) =>
      rpc(StockService.method.setStock, ({ readings }) => {
        said.push(readings[0]!.onHand);
        if (said.length === 1) throw refusal(Code.Unavailable, "SHUTTING_DOWN");
        return {};
      }),
    );
    const request = create(SetStockRequestSchema, MUG);
    const { connection } = client(t, wire, server.address, {
      onRetry: () => void (request.readings[0]!.onHand = "4"),
    });
    await connection.stock.setStock(request);
    assert.deepEqual(said, ["5", "5"]);
  });

  test(`${wire}: a server that is not there yet is waited for`, async (t) => {
    const port = await freePort();
    const { connection, retries } = client(t, wire, `http://127.0.0.1:${port}`, {
      clockwork: {
        sleep: async () => {
          if (retries.length < 2) return;
          const { connectNodeAdapter } = await import("@connectrpc/connect-node");
          const answer = connectNodeAdapter({
            routes: ({ rpc }) => rpc(StockService.method.setStock, () => ({ revision: 1n })),
          });
          await listen(t, wire, answer, port);
        },
      },
    });
    const answer = await connection.stock.setStock(MUG);
    assert.equal(answer.revision, 1n);
    assert.equal(retries.length, 2);
  });

  test(`${wire}: where nobody ever answers, that is told in the end`, async (t) => {
    const { connection, retries } = client(t, wire, `http://127.0.0.1:${await freePort()}`);
    await assert.rejects(connection.stock.setStock(MUG), {
      name: "ErpsyncError",
      code: "UNAVAILABLE",
      reason: undefined,
    });
    assert.equal(retries.length, 4);
  });

  test(`${wire}: a caller's own deadline is the end`, async (t) => {
    const server = await serve(t, wire, ({ rpc }) => rpc(StockService.method.setStock, (_, call) => never(call)));
    const { connection, retries } = client(t, wire, server.address);
    await assert.rejects(connection.stock.setStock(MUG, { timeoutMs: 30 }), {
      code: "DEADLINE_EXCEEDED",
      reason: undefined,
    });
    assert.deepEqual(retries, []);
  });

  test(`${wire}: whoever aborts gets no answer, and nothing is said again`, async (t) => {
    let said = 0;
    const aborting = new AbortController();
    const server = await serve(t, wire, ({ rpc }) =>
      rpc(StockService.method.setStock, (_, call) => {
        said += 1;
        aborting.abort("enough");
        return never(call);
      }),
    );
    const { connection } = client(t, wire, server.address);
    const refused = connection.stock.setStock(MUG, { signal: aborting.signal });
    await assert.rejects(refused, { code: "CANCELLED", cause: "enough" });
    assert.equal(said, 1);
  });

  test(`${wire}: the deadline is told, longer where there may be news to wait for`, async (t) => {
    const told: Record<string, string | null> = {};
    const server = await serve(t, wire, ({ rpc }) => {
      const note =
        (name: string) =>
        (_: unknown, { requestHeader }: { requestHeader: Headers }) => {
          told[name] = requestHeader.get("connect-timeout-ms");
          return {};
        };
      rpc(StockService.method.getStock, note("getStock"));
      rpc(StockService.method.listStock, note("listStock"));
      rpc(StockService.method.readStockChanges, note("readStockChanges"));
      rpc(InboxService.method.leaseTasks, note("leaseTasks"));
    });
    const { connection } = client(t, wire, server.address);
    await connection.stock.getStock({ sku: "MUG" });
    await connection.stock.listStock({}, { timeoutMs: 12_345 });
    await connection.stock.readStockChanges({});
    await connection.inbox.leaseTasks({ wait: durationFromMs(20_000) });
    assert.deepEqual(told, { getStock: "10000", listStock: "12345", readStockChanges: "30000", leaseTasks: "30000" });
  });
}

test("waits double, and are shortened by chance by up to a half", async (t) => {
  const server = await serve(t, "HTTP/2", ({ rpc }) =>
    rpc(StockService.method.setStock, () => {
      throw refusal(Code.Unavailable, "DATABASE_UNAVAILABLE");
    }),
  );
  const waited = async (random: number) => {
    const { connection, waits } = client(t, "HTTP/2", server.address, { clockwork: { random: () => random } });
    await assert.rejects(connection.stock.setStock(MUG));
    return waits;
  };
  assert.deepEqual(await waited(0), [100, 200, 400, 800]);
  assert.deepEqual(await waited(0.5), [75, 150, 300, 600]);
  assert.deepEqual(await waited(1), [50, 100, 200, 400]);
});

test("what the server tells is waited in full, up to 30 s", async (t) => {
  const told = [1234, 1, 30_000, 86_400_000];
  const server = await serve(t, "HTTP/2", ({ rpc }) =>
    rpc(StockService.method.setStock, () => {
      const retryMs = told.shift();
      if (retryMs === undefined) return {};
      throw refusal(Code.ResourceExhausted, "OVERLOADED", { retryMs });
    }),
  );
  const { connection, waits } = client(t, "HTTP/2", server.address, { clockwork: { random: () => 1 } });
  await connection.stock.setStock(MUG);
  assert.deepEqual(waits, [1234, 1, 30_000, 30_000]);
});

// Else it would take half a minute.
test("aborting ends a wait", { timeout: 10_000 }, async (t) => {
  const { clockwork } = await import("../src/patience.js");
  const aborting = new AbortController();
  const server = await serve(t, "HTTP/2", ({ rpc }) =>
    rpc(StockService.method.setStock, () => {
      throw refusal(Code.ResourceExhausted, "OVERLOADED", { retryMs: 30_000 });
    }),
  );
  const { connection } = client(t, "HTTP/2", server.address, {
    clockwork,
    onRetry: () => void setImmediate(() => aborting.abort("enough")),
  });
  const refused = connection.stock.setStock(MUG, { signal: aborting.signal });
  await assert.rejects(refused, { code: "CANCELLED", cause: "enough" });
});

test("one signal may be shared by many calls", async (t) => {
  const warned: Error[] = [];
  const onWarning = (warning: Error) => void warned.push(warning);
  process.on("warning", onWarning);
  t.after(() => process.off("warning", onWarning));
  const server = await serve(t, "HTTP/2", ({ rpc }) => rpc(StockService.method.setStock, (_, call) => never(call)));
  const { connection } = client(t, "HTTP/2", server.address);
  const aborting = new AbortController();
  const calls = Array.from({ length: 30 }, () => connection.stock.setStock(MUG, { signal: aborting.signal }));
  setImmediate(() => aborting.abort("enough"));
  for (const { status, reason } of (await Promise.allSettled(calls)) as PromiseRejectedResult[]) {
    assert.deepEqual([status, reason.code], ["rejected", "CANCELLED"]);
  }
  await assert.rejects(connection.stock.setStock(MUG, { signal: aborting.signal }), { code: "CANCELLED" });
  assert.deepEqual(warned, []);
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
