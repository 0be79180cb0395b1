// Plays the scenario of ../../conformance through the client, as its users have it.

import { readFileSync } from "node:fs";

import {
  createRegistry,
  type DescMessage,
  type DescMethod,
  type DescService,
  fromJson,
  type JsonObject,
  type JsonValue,
  type Message,
  toJson,
} from "@bufbuild/protobuf";
import { createClient } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-node";
import * as erpsync from "@erpsync/client";
import { open as openWeb } from "@erpsync/client/web";

import { compare, found, sameRefusal, Wrong } from "./compare.js";

type Call = { as: string; call: string; request: JsonObject };
type Step = {
  name: string;
  as: string;
  request: JsonObject;
  call?: string;
  list?: string;
  items?: string;
  watch?: string;
  raw_stream?: string;
  line?: string;
  take: number;
  cut_after?: number;
  meanwhile?: Call & { after: number };
  expect?: JsonValue;
  refused?: { code?: string; reason?: string; metadata?: JsonObject; fields?: string[] };
  keep?: Record<string, string>;
};
/** What is compared, and what is remembered of it. */
type Heard = { answer: JsonValue; last: JsonValue };

const { env } = process;
const address = env["ERPSYNC_ADDRESS"]!;
const TOKENS: Record<string, string | null> = {
  erp: env["ERPSYNC_ERP_TOKEN"]!,
  shop: env["ERPSYNC_SHOP_TOKEN"]!,
  "shop-b": env["ERPSYNC_SHOP_B_TOKEN"]!,
  tool: env["ERPSYNC_TOOL_TOKEN"]!,
  nobody: null,
  stranger: "esk_0_0",
};
/** `player.js` alone speaks as Node users do by default; `player.js 1.1` and `player.js web` otherwise. */
const wire = process.argv[2] ?? "2";

/** How long a stream is waited for. */
const PATIENCE_MS = 20_000;

const clients = new Map(Object.entries(TOKENS).map(([who, token]) => [who, opened(token)]));
const kept = new Map<string, JsonValue>();

function opened(token: string | null): erpsync.Connection {
  const onRetry = ({ method, error, waitMs }: erpsync.Retry) =>
    console.error(`${method} again in ${Math.round(waitMs)} ms: ${error?.message ?? "the server goes away"}`);
  if (wire === "web") return openWeb(address, token, { onRetry });
  return erpsync.open(address, token, { onRetry, httpVersion: wire === "1.1" ? "1.1" : "2" });
}

async function play(step: Step): Promise<void> {
  if (step.line) return line(step.line);
  const heard = await how(step).catch((cause: unknown) => {
    if (cause instanceof erpsync.ErpsyncError) return cause;
    throw cause;
  });
  if (step.refused) return sameRefusal(filled(step.refused), heard);
  if (heard instanceof erpsync.ErpsyncError)
    throw new Wrong(`refused: ${heard.reason ?? heard.code}: ${heard.message}`);
  if (step.expect !== undefined) compare("", filled(step.expect), heard.answer);
  for (const [name, path] of Object.entries(step.keep ?? {})) kept.set(name, found(heard.last, path));
}

function how(step: Step): Promise<Heard> {
  if (step.call) return call({ ...step, call: step.call });
  if (step.list) return list(step, step.list);
  if (step.watch) return watch(step, step.watch);
  if (step.raw_stream) return rawStream(step, step.raw_stream);
  throw new Wrong("this player does not know such a step");
}

async function call({ as, call, request }: Call): Promise<Heard> {
  const { method, said } = asked(call, request);
  const answer = written(method.output, await bound(as, method)(said));
  return { answer, last: answer };
}

async function list({ as, request, items }: Step, name: string): Promise<Heard> {
  const { method, said } = asked(name, request);
  const field = method.output.fields.find((it) => it.jsonName === items);
  if (field?.fieldKind !== "list" || !field.message) throw new Wrong(`a page has no items ${items}`);
  const answer: JsonValue[] = [];
  for await (const item of erpsync.items(bound(as, method), said)) answer.push(written(field.message, item));
  return { answer, last: answer };
}

async function watch(step: Step, name: string): Promise<Heard> {
  const { method, said } = asked(name, step.request);
  const entries: JsonValue[] = [];
  let last: JsonValue = null;
  // What does not come is not waited for for ever.
  const signal = AbortSignal.timeout(PATIENCE_MS);
  for await (const message of bound(step.as, method)(said, { signal })) {
    last = written(method.output, message);
    for (const entry of entriesOf(last)) {
      entries.push(entry);
      if (entries.length === step.cut_after) await line("cut");
      if (entries.length === step.meanwhile?.after) await call(step.meanwhile);
    }
    if (entries.length >= step.take) break;
  }
  if (entries.length !== step.take) throw new Wrong(`${entries.length} entries have come, not ${step.take}`);
  return { answer: entries, last };
}

/** Beside the comfort layer, which would resume. */
async function rawStream({ as, request }: Step, name: string): Promise<Heard> {
  const { method, said } = asked(name, request);
  const transport = createConnectTransport({ baseUrl: address, httpVersion: "1.1" });
  const headers = TOKENS[as] ? { authorization: `Bearer ${TOKENS[as]}` } : {};
  const client = createClient(method.parent, transport) as Record<string, any>;
  const answer: JsonValue[] = [];
  try {
    const messages = client[method.localName](said, { headers, timeoutMs: PATIENCE_MS });
    for await (const message of messages) answer.push(written(method.output, message));
  } catch (cause) {
    throw erpsync.ErpsyncError.from(cause);
  }
  return { answer, last: answer.at(-1) ?? null };
}

const services = createRegistry(
  ...Object.values(erpsync as object)
    .filter((it) => it?.kind === "service")
    .map((it: DescService) => it.file),
);

function asked(name: string, request: JsonObject): { method: DescMethod; said: Message } {
  const [service, called] = name.split(".");
  const method = services.getService(`erpsync.v1.${service}`)?.methods.find((it) => it.name === called);
  if (!method) throw new Wrong(`there is no ${name}`);
  return { method, said: fromJson(method.input, filled(request), { registry: services }) };
}

/** The method of a client, found among its services as a user would write it: `erp.stock.setStock`. */
function bound(
  as: string,
  { parent, localName }: DescMethod,
): (request: Message, options?: erpsync.CallOptions) => any {
  const group = GROUPS[parent.name];
  const client = clients.get(as) as unknown as Record<string, Record<string, any>>;
  const method = group && client[group]?.[localName];
  if (!method) throw new Wrong(`the client has no ${parent.name}.${localName}`);
  return method;
}

const GROUPS: Record<string, keyof erpsync.Connection> = {
  AdminService: "admin",
  ChangeService: "changes",
  CompositionService: "compositions",
  CreditNoteService: "creditNotes",
  InboxService: "inbox",
  InvoiceService: "invoices",
  MonitoringService: "monitoring",
  OrderService: "orders",
  OwnershipService: "ownership",
  ParkingService: "parking",
  PaymentService: "payments",
  ReservationService: "reservations",
  ReturnService: "returns",
  ServerInfoService: "serverInfo",
  ShipmentService: "shipments",
  StockService: "stock",
};

function written(schema: DescMessage, message: Message): JsonValue {
  return toJson(schema, message, { registry: services });
}

const NO_ENTRIES = ["snapshotBegin", "snapshotEnd", "goingAway", "heartbeat", "resumeToken", "streamSequence"];

/** The one repeated field of a chunk of a snapshot, or of changes. */
function entriesOf(message: JsonValue): JsonValue[] {
  const [, event] = Object.entries(message as JsonObject).find(([name]) => !NO_ENTRIES.includes(name)) ?? [];
  return Object.values((event ?? {}) as JsonObject).find((it) => Array.isArray(it)) ?? [];
}

/** With what was kept in place of `${name}`. */
function filled<T>(value: T): T {
  const text = (it: string) => it.replace(/\$\{(\w+)\}/g, (_, name: string) => String(kept.get(name)));
  if (typeof value === "string") return text(value) as T;
  if (Array.isArray(value)) return value.map(filled) as T;
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, filled(inner)])) as T;
}

async function line(what: string): Promise<void> {
  const told = await fetch(`${env["ERPSYNC_LINE"]}/${what}`, { method: "POST" });
  if (!told.ok) throw new Wrong(`the line cannot ${what}: ${await told.text()}`);
}

const { steps } = JSON.parse(readFileSync(env["ERPSYNC_SCENARIO"]!, "utf8")) as { steps: Step[] };
let failed = false;
for (const step of steps) {
  try {
    await play(step);
    console.log(`ok ${step.name}`);
  } catch (cause) {
    // Whatever it is, the other steps are told about, too.
    failed = true;
    console.log(`not ok ${step.name}: ${cause instanceof Wrong ? cause.message : String(cause)}`);
  }
}
for (const client of clients.values()) client.close();
process.exitCode = failed ? 1 : 0;
