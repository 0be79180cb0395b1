// How calls are made: single ones and streams once, watches without end.

import type {
  DescMessage,
  DescMethodStreaming,
  DescMethodUnary,
  MessageInitShape,
  MessageShape,
} from "@bufbuild/protobuf";
import type { CallOptions, Transport } from "@connectrpc/connect";

import { ATTEMPTS_MAX, type Clockwork, type Retry, waitMs } from "./patience.js";
import { ErpsyncError, lost } from "./refusal.js";
import { deadlineMs, named, settled } from "./requests.js";
import { Scope } from "./scope.js";

/** Over what calls travel. */
export interface Wire {
  transport: Transport;
  /** Whether both can speak at once: over HTTP/2, and not with `fetch`. */
  streamsBothWays: boolean;
  /** Ends its connections. */
  close(): void;
}

/** Makes calls in the name of one system. */
export class Caller {
  readonly #closing = new AbortController();

  constructor(
    private readonly wire: Wire,
    private readonly token: string | null,
    readonly clockwork: Clockwork,
    private readonly onRetry: ((retry: Retry) => void) | undefined,
  ) {}

  /** A single call, said again while that may help. */
  async single<I extends DescMessage, O extends DescMessage>(
    method: DescMethodUnary<I, O>,
    request: MessageInitShape<I>,
    options: CallOptions = {},
  ): Promise<MessageShape<O>> {
    const said = settled(method.input, request);
    // The server reads whole milliseconds.
    const timeoutMs = Math.ceil(options.timeoutMs ?? deadlineMs(method));
    const headers = this.#headers(options);
    const scope = this.#scope(options);
    const attempt = () =>
      this.wire.transport
        .unary(method, scope.signal, timeoutMs, headers, said, options.contextValues)
        .catch((cause: unknown) => ErpsyncError.from(cause, scope.signal));
    try {
      for (let failures = 0; ; ) {
        const answer = await attempt();
        if (!(answer instanceof ErpsyncError)) {
          options.onHeader?.(answer.header);
          options.onTrailer?.(answer.trailer);
          return answer.message;
        }
        failures += 1;
        if (!answer.retryable || failures === ATTEMPTS_MAX) throw answer;
        await this.waits({ method: named(method), error: answer, failures }, answer.retryDelayMs, options);
      }
    } finally {
      scope.leave();
    }
  }

  /**
   * A stream, once: leaving the loop over its messages ends it. With `silenceMs`, a line on which
   * nothing is heard for so long counts as lost.
   */
  async *stream<I extends DescMessage, O extends DescMessage>(
    method: DescMethodStreaming<I, O>,
    requests: AsyncIterable<MessageInitShape<I>>,
    options: CallOptions = {},
    silenceMs?: number,
  ): AsyncGenerator<MessageShape<O>, void, undefined> {
    if (method.methodKind !== "server_streaming" && !this.wire.streamsBothWays) throw oneWay(named(method));
    const scope = this.#scope(options);
    const heard = async <T>(promise: Promise<T>): Promise<T> => {
      const onSilence = () => scope.leave(lost(`nothing was heard for ${silenceMs} ms`));
      const timer = silenceMs === undefined ? undefined : setTimeout(onSilence, silenceMs);
      try {
        return await promise;
      } catch (cause) {
        throw ErpsyncError.from(cause, scope.signal);
      } finally {
        clearTimeout(timer);
      }
    };
    try {
      const { timeoutMs, contextValues } = options;
      const headers = this.#headers(options);
      const answer = await heard(
        this.wire.transport.stream(method, scope.signal, timeoutMs, headers, requests, contextValues),
      );
      options.onHeader?.(answer.header);
      const messages = answer.message[Symbol.asyncIterator]();
      for (let next = await heard(messages.next()); !next.done; next = await heard(messages.next())) {
        yield next.value;
      }
      options.onTrailer?.(answer.trailer);
    } finally {
      scope.leave();
    }
  }

  /** Waits before the next attempt, and lets the caller know. */
  async waits(retry: Omit<Retry, "waitMs">, toldMs: number | undefined, options: CallOptions): Promise<void> {
    const ms = waitMs(retry.failures, toldMs, this.clockwork);
    this.onRetry?.({ ...retry, waitMs: ms });
    const scope = this.#scope(options);
    try {
      await this.clockwork.sleep(ms, scope.signal);
    } finally {
      scope.leave();
    }
  }

  /** Ends all calls, and the connections. */
  close(): void {
    this.#closing.abort(new ErpsyncError("the connection was closed by its owner", { code: "CANCELLED" }));
    this.wire.close();
  }

  // The time of a call: until its caller or the connection ends it.
  #scope(options: CallOptions): Scope {
    return new Scope(this.#closing.signal, options.signal);
  }

  #headers(options: CallOptions): Headers {
    const headers = new Headers(options.headers);
    if (this.token && !headers.has("authorization")) headers.set("authorization", `Bearer ${this.token}`);
    return headers;
  }
}

function oneWay(method: string): ErpsyncError {
  const message = `${method} needs HTTP/2, and cannot be called with fetch: make single calls`;
  return new ErpsyncError(message, {
    code: "UNIMPLEMENTED",
    reason: "WIRE_UNSUITABLE",
    metadata: { method, instead: "HTTP/2" },
  });
}
