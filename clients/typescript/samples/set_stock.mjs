// The ERP states what lies there of two articles.

import { open, Outcome } from "@erpsync/client";

const { ERPSYNC_ADDRESS = "http://127.0.0.1:7443", ERPSYNC_ERP_TOKEN = "" } = process.env;
const erp = open(ERPSYNC_ADDRESS, ERPSYNC_ERP_TOKEN);

// Quantities are strings: a number in JavaScript cannot hold them exactly.
const readings = [
  { sku: "MUG", onHand: "5" },
  { sku: "CUP", onHand: "2.5" },
];
const { results } = await erp.stock.setStock({ readings });

// One bad row does not stop the others: each has its own outcome.
for (const { index, outcome, problem } of results) {
  console.log(readings[index]?.sku, Outcome[outcome], problem?.message ?? "");
}
