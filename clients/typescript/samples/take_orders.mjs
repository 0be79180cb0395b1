// The ERP takes orders over under its own numbers, ships what is open of them and invoices it.

import { create, ofMillionths, open, OrderReferenceSchema, Outcome, TaskKind, toMillionths } from "@erpsync/client";

const { ERPSYNC_ADDRESS = "http://127.0.0.1:7443", ERPSYNC_ERP_TOKEN = "" } = process.env;
const erp = open(ERPSYNC_ADDRESS, ERPSYNC_ERP_TOKEN);

const { tasks } = await erp.inbox.leaseTasks({ maxTasks: 10 });
if (tasks.length === 0) console.log("nothing to take over");
for (const { task, lease, order } of tasks) {
  const isOrder = task?.kind === TaskKind.ORDER;
  const number = order?.externalOrderId;
  const externalNumber = isOrder ? `SO-${number}` : "";
  const { results } = await erp.inbox.acknowledgeTasks({ tasks: [{ lease, externalNumber }] });
  if (results[0]?.outcome === Outcome.REFUSED) {
    // The lease was over, say, and somebody else has the task.
    console.log("left", task?.externalId, results[0].problem?.message);
    continue;
  }
  if (!isOrder || !order) {
    console.log("noted", TaskKind[task?.kind ?? 0], task?.externalId);
    continue;
  }
  console.log("took", externalNumber);

  // What became of each line stands beside it. The total is the order's, with what is charged for shipping, less what was
  // cancelled of its lines.
  const lines = order.lines.map((line, at) => ({ ...line, ...order.quantities[at] }));
  const cancelled = lines.map(({ amount, currentAmount = amount }) => toMillionths(amount) - toMillionths(currentAmount));
  const total = ofMillionths(cancelled.reduce((rest, it) => rest - it, toMillionths(order.total)));
  const left = lines.filter(({ open = "0" }) => toMillionths(open) > 0n);

  // By our own number from now on.
  const ours = create(OrderReferenceSchema, {
    reference: { case: "external", value: { externalId: externalNumber } },
  });
  const shipped = await erp.shipments.createShipment({
    externalShipmentId: `DN-${number}`,
    order: ours,
    lines: left.map(({ lineId, open = "" }) => ({ lineId, quantity: open })),
  });
  told(`shipped DN-${number}`, shipped.result);

  if (order.taxTotals.length > 0 && cancelled.some((it) => it !== 0n)) {
    // What they are now your ERP works out; erpsync computes no taxes.
    console.log(`left IN-${number}: its taxes change with what was cancelled`);
    continue;
  }
  const invoiced = await erp.invoices.recordInvoice({
    externalInvoiceId: `IN-${number}`,
    order: ours,
    invoiceDate: "2026-11-23",
    currencyCode: order.currencyCode,
    priceMode: order.priceMode,
    roundingMode: order.roundingMode,
    lines: left.map(({ lineId, open = "", unitPrice, currentDiscount = "", currentAmount = "", taxes }) => ({
      invoiceLineId: lineId,
      orderLineId: lineId,
      quantity: open,
      unitPrice,
      discount: currentDiscount,
      amount: currentAmount,
      taxes,
    })),
    charges: order.charges,
    taxTotals: order.taxTotals,
    total,
  });
  told(`invoiced IN-${number}`, invoiced.result);
}

/**
 * APPLIED, or PARKED where it waits for somebody to look at it: the problem says why.
 * @param {string} what
 * @param {import("@erpsync/client").FactResult | undefined} result
 */
function told(what, result) {
  console.log(what, Outcome[result?.outcome ?? 0], result?.problem?.message ?? "");
}
