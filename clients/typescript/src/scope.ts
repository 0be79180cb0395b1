/** The time of a call: over when somebody aborts it, or when it is left. */
export class Scope {
  readonly #controller = new AbortController();
  readonly #among: Set<Scope>[];

  constructor(...signals: (AbortSignal | undefined)[]) {
    this.#among = signals.filter((it) => it !== undefined).map((it) => this.#within(it));
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Ends what still runs in it. */
  leave(reason?: unknown): void {
    for (const scopes of this.#among) scopes.delete(this);
    this.#controller.abort(reason);
  }

  #within(signal: AbortSignal): Set<Scope> {
    if (signal.aborted) this.#controller.abort(signal.reason);
    const scopes = WITHIN.get(signal) ?? listening(signal);
    scopes.add(this);
    return scopes;
  }
}

// A signal is listened to once, however many calls share it: Node takes more than ten listeners for a
// leak. And not by `AbortSignal.any`, which leaks where a signal outlives many calls (Node 20).
const WITHIN = new WeakMap<AbortSignal, Set<Scope>>();

function listening(signal: AbortSignal): Set<Scope> {
  const scopes = new Set<Scope>();
  WITHIN.set(signal, scopes);
  const onAbort = () => scopes.forEach((scope) => scope.leave(signal.reason));
  signal.addEventListener("abort", onAbort, { once: true });
  return scopes;
}
