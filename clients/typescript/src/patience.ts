// How long to wait before the same is said again.

import { cancelled, type ErpsyncError } from "./refusal.js";

/** A single call is made so many times at most. */
export const ATTEMPTS_MAX = 5;

const FIRST_MS = 100;
const LONGEST_MS = 5_000;
const LONGEST_TOLD_MS = 30_000;

/** What is said again, why, and when. */
export interface Retry {
  /** `erpsync.v1.StockService/SetStock`. */
  method: string;
  /** What went wrong; undefined where the server said that it goes away. */
  error: ErpsyncError | undefined;
  /** How often it went wrong in a row. */
  failures: number;
  /** How long is waited before the next attempt. */
  waitMs: number;
}

/** Time and chance, which tests replace. */
export interface Clockwork {
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  random(): number;
  /** For how long nothing may be heard of a watch, at least. */
  silenceMsMin: number;
}

export const clockwork: Clockwork = { sleep, random: Math.random, silenceMsMin: 30_000 };

/** How long to wait after so many failures in a row, the first is 1; what the server tells is waited in full. */
export function waitMs(failures: number, toldMs: number | undefined, { random }: Clockwork): number {
  if (toldMs !== undefined) return Math.min(Math.max(toldMs, 0), LONGEST_TOLD_MS);
  // Shortened by chance, so that those who were cut off together do not come back together.
  return Math.min(FIRST_MS * 2 ** (failures - 1), LONGEST_MS) * (1 - random() / 2);
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(cancelled(signal.reason));
    const onAbort = () => {
      clearTimeout(timer);
      reject(cancelled(signal.reason));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", onAbort);
      resolve();
    }, ms);
    signal.addEventListener("abort", onAbort, { once: true });
  });
}
