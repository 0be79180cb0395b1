// For Node: Connect over HTTP/2 or HTTP/1.1.

import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import * as tls from "node:tls";

import { createConnectTransport, Http2SessionManager } from "@connectrpc/connect-node";

import { checked } from "./address.js";
import type { Wire } from "./caller.js";
import { Connection, type Options } from "./connection.js";

export * from "./index.js";

/** How to reach the server from Node. */
export interface NodeOptions extends Options {
  /** `1.1` where something between does not speak HTTP/2; then a watch has a connection of its own. */
  httpVersion?: "2" | "1.1";
  /**
   * Of `https://`, as Node has it: `{ ca: readFileSync("authorities.pem") }` trusts these authorities
   * alone. Without `ca` those of Node and, from Node 22.15 on, those of the system are trusted.
   */
  tls?: tls.SecureContextOptions;
}

const PING_MS = 20_000;

/** Opens a connection to `http://host:port` or `https://host` with a token; `null` sends none. */
export function open(address: string, token: string | null, options: NodeOptions = {}): Connection {
  return new Connection(wire(checked(address, token), options), token, options);
}

function wire(address: URL, options: NodeOptions): Wire {
  const isSecure = address.protocol === "https:";
  const secure = isSecure ? { ...trusted(), ...options.tls } : {};
  if (options.httpVersion === "1.1") {
    const agent = isSecure ? new HttpsAgent({ ...secure, keepAlive: true }) : new HttpAgent({ keepAlive: true });
    const transport = createConnectTransport({
      baseUrl: address.href,
      httpVersion: "1.1",
      nodeOptions: { agent },
    });
    return { transport, streamsBothWays: false, close: () => agent.destroy() };
  }
  const sessionManager = new Http2SessionManager(address.href, { pingIntervalMs: PING_MS }, secure);
  const transport = createConnectTransport({ baseUrl: address.href, httpVersion: "2", sessionManager });
  return { transport, streamsBothWays: true, close: () => sessionManager.abort() };
}

// Node brings authorities of its own; those of the system are asked for where it can.
function trusted(): tls.SecureContextOptions {
  const { getCACertificates } = tls as { getCACertificates?: (kind: string) => string[] };
  return getCACertificates ? { ca: [...getCACertificates("default"), ...getCACertificates("system")] } : {};
}
