/** The time of a call: over when somebody aborts it, or when it is left. */
export class Scope {
  readonly #controller = new AbortController();
  readonly #signals: readonly AbortSignal[];
  readonly #onAbort = (event: Event) => this.leave((event.target as AbortSignal).reason);

  // Not `AbortSignal.any`: with a long-lived signal it leaks in Node 20.
  constructor(...signals: (AbortSignal | undefined)[]) {
    this.#signals = signals.filter((it) => it !== undefined);
    for (const signal of this.#signals) {
      if (signal.aborted) this.#controller.abort(signal.reason);
      signal.addEventListener("abort", this.#onAbort);
    }
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Ends what still runs in it. */
  leave(reason?: unknown): void {
    for (const signal of this.#signals) signal.removeEventListener("abort", this.#onAbort);
    this.#controller.abort(reason);
  }
}
