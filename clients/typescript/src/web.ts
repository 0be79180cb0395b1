// For browsers, and for whatever else has `fetch`: Connect over it.

import { createConnectTransport } from "@connectrpc/connect-web";

import { checked } from "./address.js";
import { Connection, type Options } from "./connection.js";

export * from "./index.js";

/** How to reach the server with `fetch`. */
export interface WebOptions extends Options {
  /** Another `fetch` than the global one. */
  fetch?: typeof globalThis.fetch;
}

/** Opens a connection to `https://host` with a token; `null` sends none. */
export function open(address: string, token: string | null, options: WebOptions = {}): Connection {
  const { fetch } = options;
  const baseUrl = checked(address, token).href;
  const transport = createConnectTransport({ baseUrl, useBinaryFormat: true, ...(fetch && { fetch }) });
  return new Connection({ transport, streamsBothWays: false, close: () => {} }, token, options);
}
