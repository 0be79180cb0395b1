// What every request has in common, read from its descriptor: no list of methods is kept here.

import {
  create,
  type DescField,
  type DescMessage,
  type DescMethod,
  fromBinary,
  type MessageInitShape,
  type MessageShape,
  ScalarType,
  toBinary,
} from "@bufbuild/protobuf";
import { isReflectMessage, reflect, type ReflectMessage } from "@bufbuild/protobuf/reflect";

import { noText } from "./decimal.js";

const DEADLINE_MS = 10_000;
const DEADLINE_OF_NEWS_MS = 30_000;

/**
 * The request as it will be sent, at every attempt: a copy that the caller cannot change meanwhile,
 * with a `request_id` if there is such a field and it is empty. What cannot be sent throws here.
 */
export function settled<I extends DescMessage>(schema: I, request: MessageInitShape<I>): MessageShape<I> {
  const made = create(schema, request);
  for (const { path, value } of texts(reflect(schema, made))) {
    if (typeof value !== "string") throw noText(path, value);
  }
  const copy = fromBinary(schema, toBinary(schema, made));
  const field = schema.field["requestId"];
  if (field?.fieldKind === "scalar" && field.scalar === ScalarType.STRING) {
    const identified = copy as { requestId?: string };
    identified.requestId ||= uuid();
  }
  return copy;
}

// Decimals are texts. Of a `number` protobuf would silently make one, with all that binary floating point did to it.
function* texts(message: ReflectMessage, within = ""): Generator<{ path: string; value: unknown }> {
  for (const field of message.fields) {
    if (!message.isSet(field)) continue;
    for (const [at, value] of valuesOf(message, field)) {
      const path = within + field.localName + at;
      if (isReflectMessage(value)) yield* texts(value, `${path}.`);
      else if (field.scalar === ScalarType.STRING) yield { path, value };
    }
  }
}

function* valuesOf(message: ReflectMessage, field: DescField): Generator<[at: string, value: unknown]> {
  if (field.fieldKind === "list") {
    let at = 0;
    for (const value of message.get(field)) yield [`[${at++}]`, value];
  } else if (field.fieldKind === "map") {
    for (const [key, value] of message.get(field)) yield [`[${String(key)}]`, value];
  } else {
    yield ["", message.get(field)];
  }
}

/** How long a single call waits if nobody says otherwise. Calls that have a `wait` may wait for news. */
export function deadlineMs(method: DescMethod): number {
  return method.input.field["wait"] ? DEADLINE_OF_NEWS_MS : DEADLINE_MS;
}

/** Whether a stream is a watch: it can begin with a token, and every message bears one. */
export function isWatch(method: DescMethod): boolean {
  return (
    method.methodKind === "server_streaming" &&
    method.input.field["start"]?.message?.typeName === "erpsync.v1.WatchStart" &&
    method.output.field["resumeToken"] !== undefined
  );
}

/** `erpsync.v1.StockService/SetStock`. */
export function named(method: DescMethod): string {
  return `${method.parent.typeName}/${method.name}`;
}

/** The one request of a stream that only the server streams. */
export async function* once<T>(request: T): AsyncGenerator<T, void, undefined> {
  yield request;
}

// `crypto.randomUUID` is absent from pages that were not loaded over TLS.
function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (it) => it.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
