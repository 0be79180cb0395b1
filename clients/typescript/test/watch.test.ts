// A watch has no end but the caller's, or a refusal that no waiting mends.

import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";

import type { MessageInitShape } from "@bufbuild/protobuf";
import type { HandlerContext } from "@connectrpc/connect";

import {
  durationFromMs,
  OnExpired,
  StockService,
  type WatchStockRequest,
  type WatchStockResponse,
  type WatchStockResponseSchema,
} from "../src/node.js";
import { client, Code, type Given, never, type Patient, refusal, serve, WIRES, type WireName } from "./kit.js";

type Told = MessageInitShape<typeof WatchStockResponseSchema>;
type Stream = (request: WatchStockRequest, call: HandlerContext, cut: () => void) => AsyncIterable<Told>;

/** A message about a level, with a token of the same number. */
function changes(number: number): Told {
  const levels = [{ sku: "MUG", onHand: `${number}` }];
  return { resumeToken: `token-${number}`, event: { case: "changes", value: { levels } } };
}

function goingAway(number: number, delayMs?: number): Told {
  const value = delayMs === undefined ? {} : { retryDelay: durationFromMs(delayMs) };
  return { resumeToken: `token-${number}`, event: { case: "goingAway", value } };
}

/** A server that streams one of these to each who asks, in turn. */
async function streaming(t: TestContext, wire: WireName, streams: Stream[], given?: Given) {
  const asked: WatchStockRequest[] = [];
  const server = await serve(t, wire, ({ rpc }) =>
    rpc(StockService.method.watchStock, async function* (request, call) {
      asked.push(request);
      yield* streams[asked.length - 1]!(request, call, server.cut);
    }),
  );
  return { asked, ...client(t, wire, server.address, given) };
}

/** The tokens of the first messages of a watch, which is then left. */
async function tokens({ connection }: Patient, count: number, request = {}): Promise<string[]> {
  const taken: string[] = [];
  for await (const message of connection.stock.watchStock(request)) {
    taken.push(message.resumeToken);
    if (taken.length === count) break;
  }
  return taken;
}

/** How each who asked wanted to begin. */
function starts(asked: WatchStockRequest[]): (string | boolean | undefined)[] {
  return asked.map((it) => it.start?.start.value);
}

const endless: Stream = async function* (_, call) {
  yield changes(9);
  await never(call);
};

const FILTERED = {
  filter: { skus: ["MUG"] },
  start: {
    start: { case: "snapshot", value: true },
    heartbeatInterval: durationFromMs(20_000),
    onExpired: OnExpired.SNAPSHOT,
  },
};

for (const wire of WIRES) {
  test(`${wire}: a watch that was cut off goes on after what it handed over`, async (t) => {
    const cutOff: Stream = async function* (_, call, cut) {
      yield changes(1);
      yield changes(2);
      setImmediate(cut);
      await never(call);
    };
    const house = await streaming(t, wire, [cutOff, endless]);
    const taken = await tokens(house, 3, FILTERED);
    // What had not arrived when the line broke comes again; a message that was handed over does not.
    const last = house.asked[1]!.start?.start.value;
    assert.ok(last === "token-2" || last === "token-1");
    assert.deepEqual(taken.slice(0, 2), ["token-1", last === "token-2" ? "token-2" : "token-9"]);
  });

  test(`${wire}: it asks for the same as at first, from the last token`, async (t) => {
    const ends: Stream = async function* () {
      yield changes(1);
    };
    const house = await streaming(t, wire, [ends, endless]);
    assert.deepEqual(await tokens(house, 2, FILTERED), ["token-1", "token-9"]);
    assert.deepEqual(starts(house.asked), [true, "token-1"]);
    for (const asked of house.asked) {
      assert.deepEqual(asked.filter?.skus, ["MUG"]);
      assert.equal(asked.start?.heartbeatInterval?.seconds, 20n);
      assert.equal(asked.start?.onExpired, OnExpired.SNAPSHOT);
    }
  });

  test(`${wire}: a watch that said nothing of its start resumes, too`, async (t) => {
    const ends: Stream = async function* () {
      yield changes(1);
    };
    const house = await streaming(t, wire, [ends, endless]);
    await tokens(house, 2);
    assert.deepEqual(starts(house.asked), [undefined, "token-1"]);
  });

  test(`${wire}: what was asked for at first is asked for until something comes`, async (t) => {
    const away: Stream = async function* () {
      throw refusal(Code.Unavailable, "SHUTTING_DOWN");
    };
    const house = await streaming(t, wire, [away, away, endless]);
    assert.deepEqual(await tokens(house, 1, FILTERED), ["token-9"]);
    assert.deepEqual(starts(house.asked), [true, true, true]);
  });

  test(`${wire}: a server that goes away is asked again after its delay`, async (t) => {
    const goes: Stream = async function* (_, call) {
      yield changes(1);
      yield goingAway(2, 4321);
      await never(call);
    };
    const house = await streaming(t, wire, [goes, endless]);
    assert.deepEqual(await tokens(house, 3), ["token-1", "token-2", "token-9"]);
    assert.deepEqual(house.waits, [4321]);
    assert.deepEqual(starts(house.asked), [undefined, "token-2"]);
    assert.equal(house.retries[0]!.error, undefined);
  });

  test(`${wire}: who was too slow goes on from what it has taken`, async (t) => {
    const slow: Stream = async function* () {
      yield changes(1);
      throw refusal(Code.ResourceExhausted, "SLOW_CONSUMER", { metadata: { resume_token: "token-7" } });
    };
    const house = await streaming(t, wire, [slow, endless]);
    assert.deepEqual(await tokens(house, 2), ["token-1", "token-9"]);
    assert.deepEqual(starts(house.asked), [undefined, "token-1"]);
    assert.equal(house.retries[0]!.error?.reason, "SLOW_CONSUMER");
  });

  for (const [reason, code] of [
    ["RESUME_TOKEN_EXPIRED", Code.OutOfRange],
    ["TOKEN_INVALID", Code.Unauthenticated],
    ["MESSAGE_TOO_LARGE", Code.ResourceExhausted],
  ] as const) {
    test(`${wire}: ${reason} ends a watch`, async (t) => {
      const refuses: Stream = async function* () {
        yield changes(1);
        throw refusal(code, reason);
      };
      const house = await streaming(t, wire, [refuses]);
      await assert.rejects(tokens(house, 2), { name: "ErpsyncError", reason });
      assert.deepEqual(house.waits, []);
    });
  }

  test(`${wire}: a watch does not give up, and counts anew after each message`, async (t) => {
    const away: Stream = async function* () {
      throw refusal(Code.Unavailable, "DATABASE_UNAVAILABLE");
    };
    const one: Stream = async function* () {
      yield changes(1);
      throw refusal(Code.Unavailable, "SHUTTING_DOWN");
    };
    const house = await streaming(t, wire, [...Array<Stream>(8).fill(away), one, away, endless]);
    assert.deepEqual(await tokens(house, 2), ["token-1", "token-9"]);
    assert.deepEqual(house.waits, [100, 200, 400, 800, 1600, 3200, 5000, 5000, 100, 200]);
  });

  test(`${wire}: leaving the loop ends the stream at the server`, async (t) => {
    let left = () => {};
    const ended = new Promise<void>((resolve) => void (left = resolve));
    const watched: Stream = async function* (_, { signal }) {
      signal.addEventListener("abort", left);
      for (let number = 1; !signal.aborted; number += 1) {
        yield changes(number);
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    const house = await streaming(t, wire, [watched]);
    await tokens(house, 2);
    await ended;
    assert.deepEqual(house.waits, []);
  });

  test(`${wire}: aborting ends a watch that waits for news`, async (t) => {
    const aborting = new AbortController();
    const { connection, waits } = await streaming(t, wire, [endless]);
    const watch = async () => {
      for await (const _ of connection.stock.watchStock({}, { signal: aborting.signal })) {
        setImmediate(() => aborting.abort("enough"));
      }
    };
    await assert.rejects(watch(), { code: "CANCELLED", cause: "enough" });
    assert.deepEqual(waits, []);
  });

  test(`${wire}: closing the connection ends its watches`, async (t) => {
    const { connection, waits } = await streaming(t, wire, [endless]);
    const watch = async () => {
      for await (const _ of connection.stock.watchStock({})) setImmediate(() => connection.close());
    };
    await assert.rejects(watch(), { code: "CANCELLED", message: "the connection was closed by its owner" });
    assert.deepEqual(waits, []);
  });

  test(`${wire}: a line on which nothing is heard is left for another`, async (t) => {
    // However often that happens on a busy machine.
    const silent: Stream = async function* ({ start }, call) {
      yield changes(start?.start.value === "token-1" ? 2 : 1);
      await never(call);
    };
    const given = { clockwork: { silenceMsMin: 50 } };
    const house = await streaming(t, wire, Array<Stream>(1000).fill(silent), given);
    const request = { start: { heartbeatInterval: durationFromMs(10) } };
    assert.deepEqual(await tokens(house, 2, request), ["token-1", "token-2"]);
    assert.match(house.retries[0]!.error!.message, /nothing was heard for 50 ms/);
  });

  test(`${wire}: a caller's deadline is one for all connections`, async (t) => {
    const house = await streaming(t, wire, Array<Stream>(1000).fill(endless), {
      clockwork: { silenceMsMin: 20 },
    });
    const watch = async () => {
      const request = { start: { heartbeatInterval: durationFromMs(1) } };
      for await (const _ of house.connection.stock.watchStock(request, { timeoutMs: 200 }));
    };
    await assert.rejects(watch(), { code: "DEADLINE_EXCEEDED" });
  });
}

test("a message without a token moves nothing", async (t) => {
  const parts: Stream = async function* () {
    yield changes(1);
    yield { event: { case: "changes", value: {} } };
  };
  const house = await streaming(t, "HTTP/2", [parts, endless]);
  assert.deepEqual(await tokens(house, 3), ["token-1", "", "token-9"]);
  assert.deepEqual(starts(house.asked), [undefined, "token-1"]);
});

test("messages of every kind are handed over", async (t) => {
  const all: Stream = async function* (_, call) {
    yield { resumeToken: "a", event: { case: "snapshotBegin", value: {} } };
    yield { resumeToken: "b", event: { case: "snapshotChunk", value: {} } };
    yield { resumeToken: "c", event: { case: "snapshotEnd", value: {} } };
    yield { resumeToken: "d", event: { case: "heartbeat", value: {} } };
    yield changes(1);
    yield goingAway(2);
    await never(call);
  };
  const house = await streaming(t, "HTTP/2", [all, endless]);
  const kinds: WatchStockResponse["event"]["case"][] = [];
  for await (const { event } of house.connection.stock.watchStock({})) {
    kinds.push(event.case);
    if (kinds.length === 7) break;
  }
  const expected = ["snapshotBegin", "snapshotChunk", "snapshotEnd", "heartbeat", "changes", "goingAway", "changes"];
  assert.deepEqual(kinds, expected);
  // It said no delay.
  assert.deepEqual(house.waits, [100]);
});
