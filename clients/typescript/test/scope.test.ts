// A signal may live as long as the program; the calls that it could have aborted do not.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import { Scope } from "../src/scope.js";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

function entered(signal: AbortSignal): WeakRef<Scope> {
  return new WeakRef(new Scope(signal));
}

test("a call that is over is forgotten", async () => {
  const { signal } = new AbortController();
  const [going, over] = [entered(signal), entered(signal)];
  over.deref()!.leave();
  await setImmediate();
  collectGarbage();
  assert.ok(going.deref(), "one that goes on can be aborted");
  assert.equal(over.deref(), undefined);
});

test("what its caller aborts, with its reason", () => {
  const aborting = new AbortController();
  const [before, other] = [new Scope(aborting.signal), new Scope(new AbortController().signal)];
  aborting.abort("enough");
  const after = new Scope(undefined, aborting.signal);
  assert.deepEqual([before.signal.reason, after.signal.reason], ["enough", "enough"]);
  assert.equal(other.signal.aborted, false);
});
