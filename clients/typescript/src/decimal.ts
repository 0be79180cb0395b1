const MILLIONTHS = 6;
const DECIMAL = /^-?(0|[1-9][0-9]{0,11})(\.[0-9]{1,6})?$/;
const NEGATIVE_ZERO = /^-0(\.0+)?$/;

/**
 * Checks that a text is a decimal as erpsync writes and reads them, and hands it back: at most 12
 * digits before the point and 6 after it, no exponent. Quantities and amounts are strings everywhere,
 * because a `number` cannot hold them: `String(0.1 + 0.2)` throws here.
 */
export function decimal(text: string): string {
  if (typeof text !== "string") throw noText("this", text);
  if (DECIMAL.test(text) && !NEGATIVE_ZERO.test(text)) return text;
  throw new RangeError(
    `"${text}" is no decimal such as "9.95": at most 12 digits before the point and 6 after it, no exponent, no "-0"`,
  );
}

/** `"1.5"` as `1500000n`: whole millionths to reckon with, exactly. */
export function toMillionths(text: string): bigint {
  const [whole, fraction = ""] = decimal(text).split(".");
  return BigInt(whole + fraction.padEnd(MILLIONTHS, "0"));
}

/** `1500000n` as `"1.5"`. */
export function ofMillionths(millionths: bigint): string {
  const digits = String(millionths < 0n ? -millionths : millionths).padStart(MILLIONTHS + 1, "0");
  const fraction = digits.slice(-MILLIONTHS).replace(/0+$/, "");
  return decimal((millionths < 0n ? "-" : "") + digits.slice(0, -MILLIONTHS) + (fraction && `.${fraction}`));
}

/** Of whatever stands where a text belongs. */
export function noText(where: string, value: unknown): TypeError {
  const hint = typeof value === "number" ? ', which cannot hold decimals exactly: write it as text, "9.95"' : "";
  return new TypeError(`${where} is ${value == null ? value : `a ${typeof value}`}${hint}`);
}
