import dev.erpsync.Connection;
import dev.erpsync.Decimals;
import dev.erpsync.References;
import dev.erpsync.v1.AcknowledgeTasksRequest;
import dev.erpsync.v1.CreateShipmentRequest;
import dev.erpsync.v1.FactResult;
import dev.erpsync.v1.InvoiceLine;
import dev.erpsync.v1.LeaseTasksRequest;
import dev.erpsync.v1.LeasedTask;
import dev.erpsync.v1.Order;
import dev.erpsync.v1.OrderLine;
import dev.erpsync.v1.OrderLineQuantities;
import dev.erpsync.v1.Outcome;
import dev.erpsync.v1.RecordInvoiceRequest;
import dev.erpsync.v1.ShipmentLine;
import dev.erpsync.v1.TaskAcknowledgement;
import dev.erpsync.v1.TaskKind;
import dev.erpsync.v1.TaskResult;
import java.math.BigDecimal;
import java.util.List;

/** The ERP takes orders over under its own numbers, ships what is open of them and invoices it. */
public class TakeOrders {
    public static void main(String[] arguments) {
        try (Connection erp = Connection.open(System.getenv("ERPSYNC_ADDRESS"), System.getenv("ERPSYNC_ERP_TOKEN"))) {
            List<LeasedTask> tasks =
                    erp.inbox().leaseTasks(LeaseTasksRequest.newBuilder().setMaxTasks(10).build()).getTasksList();
            if (tasks.isEmpty()) {
                System.out.println("nothing to take over");
            }
            tasks.forEach(it -> take(erp, it));
        }
    }

    private static void take(Connection erp, LeasedTask leased) {
        boolean isOrder = leased.getTask().getKind() == TaskKind.TASK_KIND_ORDER;
        String number = isOrder ? "SO-" + leased.getOrder().getExternalOrderId() : "";
        TaskResult result = erp.inbox()
                .acknowledgeTasks(AcknowledgeTasksRequest.newBuilder()
                        .addTasks(TaskAcknowledgement.newBuilder().setLease(leased.getLease()).setExternalNumber(number))
                        .build())
                .getResults(0);
        if (result.getOutcome() == Outcome.OUTCOME_REFUSED) {
            // The lease was over, say, and somebody else has the task.
            System.out.println("left " + leased.getTask().getExternalId() + ": " + result.getProblem().getMessage());
        } else if (isOrder) {
            System.out.println("took " + number);
            shipAndInvoice(erp, leased.getOrder());
        } else {
            System.out.println("noted " + leased.getTask().getKind() + " " + leased.getTask().getExternalId());
        }
    }

    private static void shipAndInvoice(Connection erp, Order order) {
        CreateShipmentRequest.Builder shipment = CreateShipmentRequest.newBuilder()
                .setExternalShipmentId("DN-" + order.getExternalOrderId())
                .setOrder(References.orderId(order.getOrderId()));
        RecordInvoiceRequest.Builder invoice = RecordInvoiceRequest.newBuilder()
                .setExternalInvoiceId("IN-" + order.getExternalOrderId())
                .setOrder(References.orderId(order.getOrderId()))
                .setInvoiceDate("2026-11-23")
                .setCurrencyCode(order.getCurrencyCode())
                .setPriceMode(order.getPriceMode())
                .setRoundingMode(order.getRoundingMode())
                .addAllCharges(order.getChargesList())
                .addAllTaxTotals(order.getTaxTotalsList());
        BigDecimal total = Decimals.parse(order.getTotal());
        for (int n = 0; n < order.getLinesCount(); n++) {
            // What became of each line stands beside it.
            OrderLine line = order.getLines(n);
            OrderLineQuantities now = order.getQuantities(n);
            // The total is that of the order, with what is charged for shipping, less what was cancelled of its lines.
            total = total.subtract(Decimals.parse(line.getAmount())).add(Decimals.parse(now.getCurrentAmount()));
            if (Decimals.parse(now.getOpen()).signum() == 0) {
                continue;
            }
            shipment.addLines(ShipmentLine.newBuilder().setLineId(line.getLineId()).setQuantity(now.getOpen()));
            invoice.addLines(InvoiceLine.newBuilder()
                    .setInvoiceLineId(line.getLineId())
                    .setOrderLineId(line.getLineId())
                    .setQuantity(now.getOpen())
                    .setUnitPrice(line.getUnitPrice())
                    .setDiscount(now.getCurrentDiscount())
                    .setAmount(now.getCurrentAmount())
                    .addAllTaxes(line.getTaxesList()));
        }
        invoice.setTotal(Decimals.format(total));
        tell("shipped " + shipment.getExternalShipmentId(), erp.shipments().createShipment(shipment.build()).getResult());
        if (order.getTaxTotalsCount() > 0 && total.compareTo(Decimals.parse(order.getTotal())) != 0) {
            // What they are now your ERP works out; erpsync computes no taxes.
            System.out.println("left " + invoice.getExternalInvoiceId() + ": its taxes change with what was cancelled");
            return;
        }
        tell("invoiced " + invoice.getExternalInvoiceId(), erp.invoices().recordInvoice(invoice.build()).getResult());
    }

    /** APPLIED, or PARKED where it waits for somebody to look at it: the problem says why. */
    private static void tell(String what, FactResult result) {
        System.out.println(what + " " + result.getOutcome() + " " + result.getProblem().getMessage());
    }
}
