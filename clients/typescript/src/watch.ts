// A watch has no end: it resumes by itself after whatever it has handed over last.

import {
  create,
  type DescMessage,
  type DescMethodServerStreaming,
  type Message,
  type MessageInitShape,
  type MessageShape,
} from "@bufbuild/protobuf";
import { durationMs } from "@bufbuild/protobuf/wkt";
import type { CallOptions } from "@connectrpc/connect";

import { type GoingAway, type WatchStart, WatchStartSchema } from "../gen/erpsync/v1/changes_pb.js";
import type { Caller } from "./caller.js";
import type { Clockwork } from "./patience.js";
import { ErpsyncError, lost } from "./refusal.js";
import { named, once, settled } from "./requests.js";

const HEARTBEAT_MS = 10_000;

// What all watches have in common.
type WatchRequest = Message & { start?: WatchStart };
type WatchMessage = Message & { resumeToken: string; event: { case?: string; value?: unknown } };

/** Why nothing more came. */
interface Break {
  /** Undefined where the server said that it goes away. */
  error: ErpsyncError | undefined;
  toldMs: number | undefined;
}

/**
 * Hands over messages until the caller leaves the loop or aborts, or until it is refused for a
 * reason that no waiting mends.
 */
export async function* watch<I extends DescMessage, O extends DescMessage>(
  caller: Caller,
  method: DescMethodServerStreaming<I, O>,
  first: MessageInitShape<I>,
  options: CallOptions = {},
): AsyncGenerator<MessageShape<O>, void, undefined> {
  const request = settled(method.input, first);
  const silence = silenceMs(request, caller.clockwork);
  const left = timeLeft(options);
  let failures = 0;
  const note = (message: MessageShape<O>) => {
    failures = 0;
    resumeAfter(message as WatchMessage, request);
  };
  for (;;) {
    const heard = caller.stream(method, once(request), left(), silence);
    const { error, toldMs } = yield* handedOver(heard, note);
    failures += 1;
    await caller.waits({ method: named(method), error, failures }, toldMs, options);
  }
}

/** Hands over what is heard; returns why nothing more is. */
async function* handedOver<M extends Message>(
  heard: AsyncGenerator<M, void, undefined>,
  note: (message: M) => void,
): AsyncGenerator<M, Break, undefined> {
  try {
    for (;;) {
      const next = await heard.next().catch(mendable);
      if (next instanceof ErpsyncError) return { error: next, toldMs: next.retryDelayMs };
      if (next.done) return { error: lost("the stream has ended"), toldMs: undefined };
      note(next.value);
      yield next.value;
      const { event } = next.value as Message as WatchMessage;
      if (event.case === "goingAway") {
        const { retryDelay } = event.value as GoingAway;
        return { error: undefined, toldMs: retryDelay && durationMs(retryDelay) };
      }
    }
  } finally {
    await heard.return();
  }
}

function mendable(cause: unknown): ErpsyncError {
  const mends = cause instanceof ErpsyncError && (cause.retryable || cause.reason === "SLOW_CONSUMER");
  if (mends) return cause;
  throw cause;
}

/** Lets a request begin after this message; what it says beside that stays. */
function resumeAfter({ resumeToken }: WatchMessage, request: WatchRequest): void {
  if (!resumeToken) return;
  request.start ??= create(WatchStartSchema);
  request.start.start = { case: "resumeToken", value: resumeToken };
}

/** A line on which not even heartbeats come is dead, and the system may not notice for hours. */
function silenceMs({ start }: WatchRequest, { silenceMsMin }: Clockwork): number {
  const heartbeat = start?.heartbeatInterval;
  return Math.max(silenceMsMin, 3 * (heartbeat ? durationMs(heartbeat) : HEARTBEAT_MS));
}

/** The options with what is left of their time: a caller's deadline is one for all connections. */
function timeLeft(options: CallOptions): () => CallOptions {
  const { timeoutMs } = options;
  if (!timeoutMs) return () => options;
  const end = performance.now() + timeoutMs;
  return () => ({ ...options, timeoutMs: Math.max(1, Math.ceil(end - performance.now())) });
}
