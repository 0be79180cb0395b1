const DECIMAL = /^-?(0|[1-9][0-9]{0,11})(\.[0-9]{1,6})?$/;
const NEGATIVE_ZERO = /^-0(\.0+)?$/;

/**
 * Checks that a text is a decimal as erpsync writes and reads them, and hands it back: at most 12
 * digits before the point and 6 after it, no exponent. Quantities and amounts are strings everywhere,
 * because a `number` cannot hold them: `String(0.1 + 0.2)` throws here.
 */
export function decimal(text: string): string {
  if (DECIMAL.test(text) && !NEGATIVE_ZERO.test(text)) return text;
  throw new RangeError(
    `"${text}" is no decimal such as "9.95": at most 12 digits before the point and 6 after it, no exponent, no "-0"`,
  );
}
