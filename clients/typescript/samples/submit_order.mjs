// The shop submits an order of two lines: their units are reserved in the same instant, for all shops.

import { ErpsyncError, open, PriceMode, RoundingMode } from "@erpsync/client";

const { ERPSYNC_ADDRESS = "http://127.0.0.1:7443", ERPSYNC_SHOP_TOKEN = "" } = process.env;
const shop = open(ERPSYNC_ADDRESS, ERPSYNC_SHOP_TOKEN);

try {
  // Its number is its identity: submitted again, it gets the first answer, and nothing happens twice.
  const { promises } = await shop.orders.submitOrder({
    externalOrderId: "4711",
    currencyCode: "EUR",
    priceMode: PriceMode.GROSS,
    roundingMode: RoundingMode.LINE,
    lines: [
      { lineId: "1", sku: "MUG", quantity: "2", unitPrice: "9.95", amount: "19.90" },
      { lineId: "2", sku: "CUP", quantity: "1.5", unitPrice: "4.00", amount: "6.00" },
    ],
    total: "25.90",
  });
  for (const { lineId, reserved, location } of promises) {
    console.log(`line ${lineId}: ${reserved} reserved at ${location}`);
  }
} catch (error) {
  if (!(error instanceof ErpsyncError) || error.reason !== "INSUFFICIENT_STOCK") throw error;
  console.log(`of ${error.metadata["sku"]} there are only ${error.metadata["sellable"]}`);
}
