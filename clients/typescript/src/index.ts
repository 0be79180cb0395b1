// What both entry points, node.ts and web.ts, offer beside `open`.

export { create, fromJson, toJson } from "@bufbuild/protobuf";
export { durationFromMs, durationMs, timestampDate, timestampFromDate } from "@bufbuild/protobuf/wkt";
export type { CallOptions, Client } from "@connectrpc/connect";

export * from "../gen/index.js";
export type { Connection, Options } from "./connection.js";
export { decimal, ofMillionths, toMillionths } from "./decimal.js";
export { items, type ItemOf } from "./items.js";
export type { Retry } from "./patience.js";
export { ErpsyncError, type Facts, type ReasonName, type StatusCode } from "./refusal.js";
