import dev.erpsync.Connection;
import dev.erpsync.Refusal;
import dev.erpsync.v1.OrderLine;
import dev.erpsync.v1.PriceMode;
import dev.erpsync.v1.Reason;
import dev.erpsync.v1.RoundingMode;
import dev.erpsync.v1.SubmitOrderRequest;

/** The shop submits an order of two lines. */
public class SubmitOrder {
    public static void main(String[] arguments) {
        SubmitOrderRequest order = SubmitOrderRequest.newBuilder()
                .setExternalOrderId("4711")
                .setCurrencyCode("EUR")
                .setPriceMode(PriceMode.PRICE_MODE_GROSS)
                .setRoundingMode(RoundingMode.ROUNDING_MODE_LINE)
                .addLines(OrderLine.newBuilder().setLineId("1").setSku("MUG").setQuantity("2").setUnitPrice("9.95").setAmount("19.90"))
                .addLines(OrderLine.newBuilder().setLineId("2").setSku("CUP").setQuantity("1.5").setUnitPrice("4.00").setAmount("6.00"))
                .setTotal("25.90")
                .build();
        try (Connection shop = Connection.open(System.getenv("ERPSYNC_ADDRESS"), System.getenv("ERPSYNC_SHOP_TOKEN"))) {
            shop.orders().submitOrder(order).getPromisesList().forEach(promise -> System.out.println(
                    "line " + promise.getLineId() + " is promised: " + promise.getReserved() + " at " + promise.getLocation()));
        } catch (Refusal why) {
            if (!why.because(Reason.REASON_INSUFFICIENT_STOCK)) {
                throw why;
            }
            System.out.println("too little of " + why.metadata().get("sku") + " is there: " + why.text());
        }
    }
}
