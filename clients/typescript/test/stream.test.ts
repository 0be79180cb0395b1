// A stream both ways is nobody's need; who wants it has it, as it is.

import assert from "node:assert/strict";
import { test } from "node:test";

import { InboxService } from "../src/node.js";
import { client, Code, never, refusal, serve } from "./kit.js";

const METHOD = "erpsync.v1.InboxService/StreamTasks";

async function* opening() {
  yield { number: 1n, message: { case: "open" as const, value: { maxLeased: 3 } } };
}

test("both speak, and leaving the loop ends it", async (t) => {
  let left = () => {};
  const ended = new Promise<void>((resolve) => void (left = resolve));
  const server = await serve(t, "HTTP/2", ({ rpc }) =>
    rpc(InboxService.method.streamTasks, async function* (requests, call) {
      call.signal.addEventListener("abort", left);
      for await (const { message } of requests) {
        assert.equal(message.case, "open");
        yield { event: { case: "opened", value: { maxLeased: 3 } } };
        break;
      }
      await never(call);
    }),
  );
  const { connection } = client(t, "HTTP/2", server.address);
  for await (const { event } of connection.inbox.streamTasks(opening())) {
    assert.equal(event.case, "opened");
    break;
  }
  await ended;
});

test("it is not begun again by itself", async (t) => {
  let said = 0;
  const server = await serve(t, "HTTP/2", ({ rpc }) =>
    rpc(InboxService.method.streamTasks, async function* () {
      said += 1;
      yield { event: { case: "heartbeat", value: {} } };
      throw refusal(Code.Unavailable, "SHUTTING_DOWN");
    }),
  );
  const { connection, waits } = client(t, "HTTP/2", server.address);
  const heard: (string | undefined)[] = [];
  const watch = async () => {
    for await (const { event } of connection.inbox.streamTasks(opening())) heard.push(event.case);
  };
  await assert.rejects(watch(), { name: "ErpsyncError", reason: "SHUTTING_DOWN", retryable: true });
  assert.deepEqual([heard, said, waits], [["heartbeat"], 1, []]);
});

test("a line that breaks is told", async (t) => {
  const server = await serve(t, "HTTP/2", ({ rpc }) =>
    rpc(InboxService.method.streamTasks, async function* (_, call) {
      yield { event: { case: "heartbeat", value: {} } };
      setImmediate(server.cut);
      await never(call);
    }),
  );
  const { connection } = client(t, "HTTP/2", server.address);
  const watch = async () => {
    for await (const _ of connection.inbox.streamTasks(opening()));
  };
  await assert.rejects(watch(), { name: "ErpsyncError", code: "UNAVAILABLE", reason: undefined });
});

for (const wire of ["HTTP/1.1", "fetch"] as const) {
  test(`${wire}: it cannot be had, and that is said`, async (t) => {
    const { connection } = client(t, wire, "http://127.0.0.1:1");
    const first = connection.inbox.streamTasks(opening())[Symbol.asyncIterator]().next();
    await assert.rejects(first, {
      code: "UNIMPLEMENTED",
      reason: "WIRE_UNSUITABLE",
      metadata: { method: METHOD, instead: "HTTP/2" },
    });
  });
}
