import assert from "node:assert/strict";
import { test } from "node:test";

import { decimal, ofMillionths, toMillionths } from "../src/node.js";

test("decimals as erpsync writes them", () => {
  for (const text of ["0", "5", "-5", "2.5", "0.000001", "-0.5", "999999999999.999999", "1.50"]) {
    assert.equal(decimal(text), text);
  }
});

test("what is none", () => {
  const none = [
    "",
    " 5",
    "5.",
    ".5",
    "05",
    "+5",
    "-0",
    "-0.00",
    "1e3",
    "1,5",
    "0.0000001",
    "1000000000000",
    "NaN",
    "5\n",
  ];
  for (const text of [...none, String(0.1 + 0.2), String(1e21)]) {
    assert.throws(() => decimal(text), { name: "RangeError", message: /is no decimal such as "9.95"/ });
  }
});

test("a number is none, whatever it says", () => {
  for (const number of [2.5, 5, 0, NaN, 0.1 + 0.2]) {
    assert.throws(() => decimal(number as never), { name: "TypeError", message: /is a number.*write it as text/ });
    assert.throws(() => toMillionths(number as never), TypeError);
  }
  assert.throws(() => decimal(undefined as never), { name: "TypeError", message: "this is undefined" });
});

test("decimals as whole millionths", () => {
  const PAIRS: [string, bigint][] = [
    ["0", 0n],
    ["1.5", 1_500_000n],
    ["-0.000001", -1n],
    ["-12.34", -12_340_000n],
    ["999999999999.999999", 999_999_999_999_999_999n],
  ];
  for (const [text, millionths] of PAIRS) {
    assert.equal(toMillionths(text), millionths);
    assert.equal(ofMillionths(millionths), text);
  }
  assert.equal(ofMillionths(toMillionths("0.1") + toMillionths("0.2")), "0.3");
  assert.equal(toMillionths("1.50"), toMillionths("1.5"));
  assert.throws(() => ofMillionths(1_000_000_000_000_000_000n), RangeError);
});
