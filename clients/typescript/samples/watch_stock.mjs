// The shop takes a snapshot of its stock and then every change: watch_stock.mjs COUNT FILE.
// Started again with the same FILE, it goes on where it stopped.

import { existsSync, readFileSync, writeFileSync } from "node:fs";

import { open } from "@erpsync/client";

const { ERPSYNC_ADDRESS = "http://127.0.0.1:7443", ERPSYNC_SHOP_TOKEN = "" } = process.env;
const shop = open(ERPSYNC_ADDRESS, ERPSYNC_SHOP_TOKEN, {
  // A watch has no end: where nobody answers it tries again, and says so here.
  onRetry: ({ error, waitMs }) => console.error(error?.message ?? "the server goes away", `again in ${Math.round(waitMs)} ms`),
});

const [, , count = "3", file = "stock.token"] = process.argv;
let left = Number(count);

const resumeToken = existsSync(file) ? readFileSync(file, "utf8") : undefined;
const watch = shop.stock.watchStock({
  start: { start: resumeToken ? { case: "resumeToken", value: resumeToken } : { case: "snapshot", value: true } },
});

for await (const { event, resumeToken } of watch) {
  if (event.case === "snapshotChunk" || event.case === "changes") {
    for (const level of event.value.levels) console.log(level.sku, level.sellable);
  }
  // Only now is the message done with; whoever dies before hears it again.
  writeFileSync(file, resumeToken);
  left -= 1;
  if (left === 0) break;
}
