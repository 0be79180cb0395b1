import assert from "node:assert/strict";
import { test } from "node:test";

import { decimal } from "../src/node.js";

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
