// A server in this process that says what a test wants to hear, and a line that can be cut.

import * as http from "node:http";
import * as http2 from "node:http2";
import type { AddressInfo, Socket } from "node:net";
import type { TestContext } from "node:test";

import type { DescMessage, MessageInitShape } from "@bufbuild/protobuf";
import { Code, ConnectError, type ConnectRouter } from "@connectrpc/connect";
import { connectNodeAdapter } from "@connectrpc/connect-node";

import { BadRequestSchema, ErrorInfoSchema, RetryInfoSchema } from "../gen/google/rpc/error_details_pb.js";
import type { Clockwork, Retry } from "../src/patience.js";
import { type Connection, durationFromMs, open as openNode } from "../src/node.js";
import { open as openWeb } from "../src/web.js";

export { Code };

/** The ways in which a client speaks, each of which must behave the same. */
export const WIRES = ["HTTP/2", "HTTP/1.1", "fetch"] as const;
export type WireName = (typeof WIRES)[number];

export interface Server {
  address: string;
  /** Closes every connection; whoever waits for an answer gets none. */
  cut(): void;
}

export async function serve(t: TestContext, wire: WireName, routes: (router: ConnectRouter) => void): Promise<Server> {
  return listen(t, wire, connectNodeAdapter({ routes }));
}

/** The same with whatever answers HTTP. */
export async function listen(
  t: TestContext,
  wire: WireName,
  answer: (request: http.IncomingMessage, response: http.ServerResponse) => void,
  port = 0,
): Promise<Server> {
  const server = wire === "HTTP/2" ? http2.createServer(answer as never) : http.createServer(answer);
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  const cut = () => sockets.forEach((socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  t.after(() => {
    cut();
    server.close();
  });
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, cut };
}

/** A client that notes what it waits for instead of waiting. */
export interface Patient {
  connection: Connection;
  retries: Retry[];
  waits: number[];
}

export interface Given {
  token?: string | null;
  clockwork?: Partial<Clockwork>;
  onRetry?: (retry: Retry) => void;
}

export function client(t: TestContext, wire: WireName, address: string, given: Given = {}): Patient {
  const retries: Retry[] = [];
  const waits: number[] = [];
  const clockwork: Clockwork = {
    sleep: async (ms) => void waits.push(ms),
    random: () => 0,
    silenceMsMin: 30_000,
    ...given.clockwork,
  };
  const onRetry = (retry: Retry) => {
    retries.push(retry);
    given.onRetry?.(retry);
  };
  const options = { clockwork, onRetry };
  const { token = "esk_1_2" } = given;
  const connection =
    wire === "fetch"
      ? openWeb(address, token, options)
      : openNode(address, token, { ...options, httpVersion: wire === "HTTP/2" ? "2" : "1.1" });
  t.after(() => connection.close());
  return { connection, retries, waits };
}

/** What erpsync says when it refuses. */
export function refusal(
  code: Code,
  reason: string,
  said: { metadata?: Record<string, string>; fields?: Record<string, string>; retryMs?: number; message?: string } = {},
): ConnectError {
  const detail = <D extends DescMessage>(desc: D, value: MessageInitShape<D>) => ({ desc, value });
  const { metadata = {}, fields, retryMs, message = `refused: ${reason}` } = said;
  const violations = Object.entries(fields ?? {}).map(([field, description]) => ({ field, description }));
  return new ConnectError(message, code, undefined, [
    detail(ErrorInfoSchema, { reason, domain: "erpsync", metadata }),
    ...(fields ? [detail(BadRequestSchema, { fieldViolations: violations })] : []),
    ...(retryMs === undefined ? [] : [detail(RetryInfoSchema, { retryDelay: durationFromMs(retryMs) })]),
  ] as never);
}

/** An answer that does not come while somebody waits for it. */
export function never({ signal }: { signal: AbortSignal }): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
}
