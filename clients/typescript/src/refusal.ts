// Why a call was not done: what the server says in the details of `google.rpc.Status`, or that it
// said nothing.

import { durationMs } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError } from "@connectrpc/connect";

import type { Reason } from "../gen/erpsync/v1/error_pb.js";
import { BadRequestSchema, ErrorInfoSchema, RetryInfoSchema } from "../gen/google/rpc/error_details_pb.js";

const CODES = {
  [Code.Canceled]: "CANCELLED",
  [Code.Unknown]: "UNKNOWN",
  [Code.InvalidArgument]: "INVALID_ARGUMENT",
  [Code.DeadlineExceeded]: "DEADLINE_EXCEEDED",
  [Code.NotFound]: "NOT_FOUND",
  [Code.AlreadyExists]: "ALREADY_EXISTS",
  [Code.PermissionDenied]: "PERMISSION_DENIED",
  [Code.ResourceExhausted]: "RESOURCE_EXHAUSTED",
  [Code.FailedPrecondition]: "FAILED_PRECONDITION",
  [Code.Aborted]: "ABORTED",
  [Code.OutOfRange]: "OUT_OF_RANGE",
  [Code.Unimplemented]: "UNIMPLEMENTED",
  [Code.Internal]: "INTERNAL",
  [Code.Unavailable]: "UNAVAILABLE",
  [Code.DataLoss]: "DATA_LOSS",
  [Code.Unauthenticated]: "UNAUTHENTICATED",
} as const satisfies Record<Code, string>;

/** One meaning each, as gRPC names them: `FAILED_PRECONDITION`. */
export type StatusCode = (typeof CODES)[Code];

/** A reason of `error.proto` without its prefix; also one that this client does not know yet. */
export type ReasonName = keyof typeof Reason | (string & {});

/** What an {@link ErpsyncError} says beside its sentence. */
export interface Facts {
  code: StatusCode;
  reason?: ReasonName | undefined;
  metadata?: Record<string, string>;
  fieldViolations?: { path: string; description: string }[];
  retryDelayMs?: number | undefined;
  retryable?: boolean;
  cause?: unknown;
}

/**
 * A call that was refused, or that nobody answered. The message is for people; programs decide by
 * the reason, or by the code where there is none.
 */
export class ErpsyncError extends Error {
  static {
    // Before any is made, so that a stack begins with it.
    this.prototype.name = "ErpsyncError";
  }

  /** `CANCELLED` where the caller's signal was aborted; `UNAVAILABLE` where nobody answered. */
  readonly code: StatusCode;
  /** `INSUFFICIENT_STOCK`; undefined where erpsync did not answer. */
  readonly reason: ReasonName | undefined;
  /** The facts that the reason's documentation names. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Every field at fault: its path as in the request, and what is wrong with it. */
  readonly fieldViolations: readonly { readonly path: string; readonly description: string }[];
  /** How long to wait before saying the same again, where the server told. */
  readonly retryDelayMs: number | undefined;
  /** Whether saying the same again may succeed without anything being mended. */
  readonly retryable: boolean;

  constructor(message: string, facts: Facts) {
    super(message, { cause: facts.cause });
    this.code = facts.code;
    this.reason = facts.reason;
    this.metadata = facts.metadata ?? {};
    this.fieldViolations = facts.fieldViolations ?? [];
    this.retryDelayMs = facts.retryDelayMs;
    this.retryable = facts.retryable ?? false;
  }

  /** From whatever a transport throws; `signal` is the one that the caller may have aborted. */
  static from(cause: unknown, signal?: AbortSignal): ErpsyncError {
    if (cause instanceof ErpsyncError) return cause;
    if (signal?.aborted) return cancelled(signal.reason);
    const error = ConnectError.from(cause);
    return wasAnswered(error) ? refused(error) : unanswered(error);
  }
}

// What came with an answer bears the answer's headers. What happened to the line, or to the clock,
// bears none.
function wasAnswered(error: ConnectError): boolean {
  return !error.metadata.keys().next().done;
}

function refused(error: ConnectError): ErpsyncError {
  const info = error.findDetails(ErrorInfoSchema)[0];
  const fields = error.findDetails(BadRequestSchema).flatMap((it) => it.fieldViolations);
  const delay = error.findDetails(RetryInfoSchema)[0]?.retryDelay;
  const hint = info?.reason === "TOKEN_INVALID" ? " (is it of another server or environment? see `A first call`)" : "";
  return new ErpsyncError(error.rawMessage + hint, {
    code: CODES[error.code],
    reason: info?.reason,
    metadata: { ...info?.metadata },
    fieldViolations: fields.map((it) => ({ path: it.field, description: it.description })),
    retryDelayMs: delay && durationMs(delay),
    retryable:
      error.code === Code.Unavailable ||
      error.code === Code.DeadlineExceeded ||
      (error.code === Code.ResourceExhausted && delay !== undefined),
    cause: error,
  });
}

function unanswered(error: ConnectError): ErpsyncError {
  if (error.code === Code.DeadlineExceeded) {
    return new ErpsyncError("no answer came within the call's deadline", {
      code: "DEADLINE_EXCEEDED",
      cause: error,
    });
  }
  const causes = causesOf(error);
  // `fetch failed` alone says nothing; what caused it may.
  const how = [...new Set([error.rawMessage.trim(), ...causes.map((it) => it.message.trim())])].filter((it) => it).join(": ");
  return causes.some(isDistrust) ? distrusted(how, error) : lost(how + hint(causes), error);
}

function causesOf(error: Error): Error[] {
  return error.cause instanceof Error ? [error.cause, ...causesOf(error.cause)] : [];
}

// As Node has it of certificates; browsers do not tell.
function isDistrust(cause: Error & { code?: unknown }): boolean {
  return /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT_)/.test(String(cause.code));
}

// What is there may be something else, or say what erpsync does in another way.
function hint(causes: (Error & { code?: unknown })[]): string {
  const codes = causes.map((it) => it.code);
  if (codes.includes("ERR_HTTP2_ERROR")) {
    return ' (not erpsync, or a proxy without HTTP/2? Then use httpVersion: "1.1")';
  }
  // Of other versions of OpenSSL.
  if (codes.some((it) => /^(ERR_SSL_WRONG_VERSION_NUMBER|ERR_SSL_PACKET_LENGTH_TOO_LONG|EPROTO)$/.test(String(it)))) {
    return " (does it speak plain text? Then its address is http://…)";
  }
  return "";
}

function distrusted(how: string, cause: unknown): ErpsyncError {
  return new ErpsyncError(`the server cannot be trusted: ${how}`, { code: "UNAVAILABLE", cause });
}

/** Nobody answered. Whether the call was done is not known; saying it again does it once. */
export function lost(how: string, cause?: unknown): ErpsyncError {
  return new ErpsyncError(`the connection was lost, or there is none: ${how}`, {
    code: "UNAVAILABLE",
    retryable: true,
    cause,
  });
}

/** The caller does not want it any more. */
export function cancelled(cause: unknown): ErpsyncError {
  if (cause instanceof ErpsyncError) return cause;
  return new ErpsyncError("the call was cancelled", { code: "CANCELLED", cause });
}
