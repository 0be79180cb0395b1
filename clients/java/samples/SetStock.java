import dev.erpsync.Connection;
import dev.erpsync.v1.SetStockRequest;
import dev.erpsync.v1.SetStockResponse;
import dev.erpsync.v1.StockReading;
import dev.erpsync.v1.StockResult;

/** The ERP states what lies there of two articles. */
public class SetStock {
    public static void main(String[] arguments) {
        try (Connection erp = Connection.open(System.getenv("ERPSYNC_ADDRESS"), System.getenv("ERPSYNC_ERP_TOKEN"))) {
            SetStockRequest request = SetStockRequest.newBuilder()
                    .addReadings(StockReading.newBuilder().setSku("MUG").setOnHand("5"))
                    .addReadings(StockReading.newBuilder().setSku("CUP").setOnHand("2.5"))
                    .build();
            SetStockResponse answer = erp.stock().setStock(request);
            for (StockResult result : answer.getResultsList()) {
                String sku = request.getReadings(result.getIndex()).getSku();
                System.out.println(sku + " " + result.getOutcome() + " " + result.getProblem().getMessage());
            }
        }
    }
}
