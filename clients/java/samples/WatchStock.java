import dev.erpsync.Connection;
import dev.erpsync.Watch;
import dev.erpsync.v1.StockLevel;
import dev.erpsync.v1.WatchStockRequest;
import dev.erpsync.v1.WatchStockResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The shop takes a snapshot of what it may sell, and then every change; started again, it goes on where it was.
 * Arguments: how many messages, and in which file the token is.
 */
public class WatchStock {
    public static void main(String[] arguments) throws IOException {
        int count = Integer.parseInt(arguments[0]);
        Path file = Path.of(arguments[1]);
        String token = Files.exists(file) ? Files.readString(file) : "";
        WatchStockRequest request = WatchStockRequest.newBuilder().setStart(Watch.startAfter(token)).build();

        try (Connection shop = Connection.open(System.getenv("ERPSYNC_ADDRESS"), System.getenv("ERPSYNC_SHOP_TOKEN"));
                Watch<WatchStockResponse> watch = shop.stock().watchStock(request)) {
            for (WatchStockResponse message : watch) {
                List<StockLevel> levels = message.hasChanges()
                        ? message.getChanges().getLevelsList()
                        : message.getSnapshotChunk().getLevelsList();
                for (StockLevel level : levels) {
                    System.out.println(level.getSku() + " " + level.getSellable());
                }
                // The token comes last: who is stopped before hears the same again, who stored it first would miss it.
                Files.writeString(file, message.getResumeToken());
                if (--count == 0) {
                    break;
                }
            }
        }
    }
}
