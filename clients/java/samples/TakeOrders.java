import dev.erpsync.Connection;
import dev.erpsync.References;
import dev.erpsync.v1.AcknowledgeTasksRequest;
import dev.erpsync.v1.CreateShipmentRequest;
import dev.erpsync.v1.InvoiceLine;
import dev.erpsync.v1.LeaseTasksRequest;
import dev.erpsync.v1.LeasedTask;
import dev.erpsync.v1.Order;
import dev.erpsync.v1.OrderLine;
import dev.erpsync.v1.RecordInvoiceRequest;
import dev.erpsync.v1.ShipmentLine;
import dev.erpsync.v1.TaskAcknowledgement;
import dev.erpsync.v1.TaskKind;
import dev.erpsync.v1.TaskResult;
import java.util.List;

/** The ERP takes orders over under its own numbers, ships and invoices them. */
public class TakeOrders {
    public static void main(String[] arguments) {
        try (Connection erp = Connection.open(System.getenv("ERPSYNC_ADDRESS"), System.getenv("ERPSYNC_ERP_TOKEN"))) {
            List<LeasedTask> tasks = lease(erp);
            while (!tasks.isEmpty()) {
                tasks.forEach(it -> take(erp, it));
                tasks = lease(erp);
            }
            System.out.println("nothing waits any more");
        }
    }

    private static List<LeasedTask> lease(Connection erp) {
        return erp.inbox().leaseTasks(LeaseTasksRequest.getDefaultInstance()).getTasksList();
    }

    private static void take(Connection erp, LeasedTask leased) {
        Order order = leased.getOrder();
        boolean isOrder = leased.getTask().getKind() == TaskKind.TASK_KIND_ORDER;
        String number = isOrder ? "SO-" + order.getExternalOrderId() : "";
        TaskResult result = erp.inbox()
                .acknowledgeTasks(AcknowledgeTasksRequest.newBuilder()
                        .addTasks(TaskAcknowledgement.newBuilder().setLease(leased.getLease()).setExternalNumber(number))
                        .build())
                .getResults(0);
        if (result.hasProblem()) {
            throw new IllegalStateException(leased.getTask().getExternalId() + ": " + result.getProblem().getMessage());
        }
        if (!isOrder) {
            System.out.println("noted " + leased.getTask().getKind() + " " + leased.getTask().getExternalId());
            return;
        }
        ship(erp, order);
        invoice(erp, order);
        System.out.println("took " + number + " of " + order.getTotal() + " " + order.getCurrencyCode());
    }

    private static void ship(Connection erp, Order order) {
        CreateShipmentRequest.Builder shipment = CreateShipmentRequest.newBuilder()
                .setExternalShipmentId("DN-" + order.getExternalOrderId())
                .setOrder(References.orderId(order.getOrderId()));
        for (int n = 0; n < order.getLinesCount(); n++) {
            String open = order.getQuantities(n).getOpen();
            if (!open.equals("0")) {
                shipment.addLines(ShipmentLine.newBuilder().setLineId(order.getLines(n).getLineId()).setQuantity(open));
            }
        }
        erp.shipments().createShipment(shipment.build());
    }

    private static void invoice(Connection erp, Order order) {
        RecordInvoiceRequest.Builder invoice = RecordInvoiceRequest.newBuilder()
                .setExternalInvoiceId("IN-" + order.getExternalOrderId())
                .setOrder(References.orderId(order.getOrderId()))
                .setInvoiceDate("2026-11-23")
                .setCurrencyCode(order.getCurrencyCode())
                .setPriceMode(order.getPriceMode())
                .setRoundingMode(order.getRoundingMode())
                .addAllCharges(order.getChargesList())
                .addAllTaxTotals(order.getTaxTotalsList())
                .setTotal(order.getTotal());
        for (OrderLine line : order.getLinesList()) {
            invoice.addLines(InvoiceLine.newBuilder()
                    .setInvoiceLineId(line.getLineId())
                    .setOrderLineId(line.getLineId())
                    .setQuantity(line.getQuantity())
                    .setUnitPrice(line.getUnitPrice())
                    .setDiscount(line.getDiscount())
                    .setAmount(line.getAmount())
                    .addAllTaxes(line.getTaxesList()));
        }
        erp.invoices().recordInvoice(invoice.build());
    }
}
