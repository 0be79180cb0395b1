// The ERP takes orders over under its own numbers, ships them and invoices them.

import { create, open, OrderReferenceSchema, Outcome, TaskKind } from "@erpsync/client";

const { ERPSYNC_ADDRESS = "http://127.0.0.1:7443", ERPSYNC_ERP_TOKEN = "" } = process.env;
const erp = open(ERPSYNC_ADDRESS, ERPSYNC_ERP_TOKEN);

const { tasks } = await erp.inbox.leaseTasks({ maxTasks: 10 });
for (const { task, lease, order } of tasks) {
  if (task?.kind !== TaskKind.ORDER || !order) {
    await erp.inbox.acknowledgeTasks({ tasks: [{ lease }] });
    console.log("noted", TaskKind[task?.kind ?? 0], task?.externalId);
    continue;
  }
  const number = order.externalOrderId;
  await erp.inbox.acknowledgeTasks({ tasks: [{ lease, externalNumber: `SO-${number}` }] });
  console.log(`took SO-${number}`);

  // By our own number from now on.
  const ours = create(OrderReferenceSchema, {
    reference: { case: "external", value: { externalId: `SO-${number}` } },
  });
  const shipped = await erp.shipments.createShipment({
    externalShipmentId: `DN-${number}`,
    order: ours,
    lines: order.lines.map(({ lineId }, at) => ({ lineId, quantity: order.quantities[at]?.open ?? "" })),
  });
  console.log(`shipped DN-${number}`, Outcome[shipped.result?.outcome ?? 0]);

  const invoiced = await erp.invoices.recordInvoice({
    externalInvoiceId: `IN-${number}`,
    order: ours,
    invoiceDate: "2026-11-23",
    currencyCode: order.currencyCode,
    priceMode: order.priceMode,
    roundingMode: order.roundingMode,
    lines: order.lines.map(({ lineId, quantity, unitPrice, amount }) => ({
      invoiceLineId: lineId,
      orderLineId: lineId,
      quantity,
      unitPrice,
      amount,
    })),
    total: order.total,
  });
  console.log(`invoiced IN-${number}`, Outcome[invoiced.result?.outcome ?? 0]);
}
