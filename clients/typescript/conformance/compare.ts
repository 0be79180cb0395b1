// Whether an answer is what the table says.

import type { JsonObject, JsonValue } from "@bufbuild/protobuf";
import { ErpsyncError } from "@erpsync/client";

/** Something is not as the table has it. */
export class Wrong extends Error {}

/** `expected` is what must be there; what is absent has its default. */
export function compare(path: string, expected: JsonValue, seen: JsonValue | undefined): void {
  const where = path || "the answer";
  const wrong = (what: string) => new Wrong(`${where} ${what}`);
  if (expected === "*") {
    if (isDefault(seen)) throw wrong("is not there");
  } else if (isDefault(expected)) {
    if (!isDefault(seen)) throw wrong(`is ${text(seen)}, not absent or ${text(expected)}`);
  } else if (Array.isArray(expected)) {
    const count = Array.isArray(seen) ? seen.length : 0;
    if (!Array.isArray(seen) || count !== expected.length) {
      throw wrong(`has ${count} items, not ${expected.length}: ${text(seen)}`);
    }
    expected.forEach((it, at) => compare(`${path}[${at}]`, it, seen[at]));
  } else if (isObject(expected)) {
    if (!isObject(seen)) throw wrong(`is ${text(seen)}, not ${text(expected)}`);
    for (const [name, it] of Object.entries(expected)) compare(`${path}.${name}`, it, seen[name]);
  } else if (seen !== expected) {
    throw wrong(`is ${text(seen)}, not ${text(expected)}`);
  }
}

/** Whether it was refused, and so. */
export function sameRefusal(
  expected: { code?: string; reason?: string; metadata?: JsonObject; fields?: string[] },
  seen: unknown,
): void {
  if (!(seen instanceof ErpsyncError)) throw new Wrong(`was to be refused with ${text(expected)}`);
  const { code, reason, metadata, fieldViolations, message } = seen;
  for (const [is, name] of [
    [code, "code"],
    [reason, "reason"],
  ] as const) {
    if (expected[name] && is !== expected[name]) throw new Wrong(`${name} is ${is}, not ${expected[name]}: ${message}`);
  }
  for (const [name, it] of Object.entries(expected.metadata ?? {})) compare(`.metadata.${name}`, it, metadata[name]);
  const paths = fieldViolations.map((it) => it.path);
  for (const field of expected.fields ?? []) {
    if (!paths.includes(field)) throw new Wrong(`${field} is not among the fields at fault: ${text(paths)}`);
  }
}

/** `promises.0.location` of an answer. */
export function found(value: JsonValue, path: string): JsonValue {
  for (const part of path.split(".")) {
    const inner: JsonValue | undefined = (value as JsonObject | null)?.[part];
    if (inner === undefined) throw new Wrong(`there is no ${path} in the answer`);
    value = inner;
  }
  return value;
}

function isDefault(value: JsonValue | undefined): boolean {
  if (value === undefined || value === null || value === "" || value === "0" || value === 0 || value === false)
    return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function text(value: unknown): string {
  return JSON.stringify(value) ?? "absent";
}
