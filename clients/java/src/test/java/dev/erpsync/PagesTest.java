package dev.erpsync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.erpsync.v1.ListStockRequest;
import dev.erpsync.v1.ListStockResponse;
import dev.erpsync.v1.StockLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class PagesTest {
    private static ListStockResponse page(String next, String... skus) {
        ListStockResponse.Builder page = ListStockResponse.newBuilder().setNextPageToken(next);
        for (String it : skus) {
            page.addLevels(StockLevel.newBuilder().setSku(it));
        }
        return page.build();
    }

    private static ListStockRequest list(String name) {
        return ListStockRequest.newBuilder().setSku(name).build();
    }

    @Test
    void areFollowed() throws Exception {
        try (Fake fake = new Fake()) {
            fake.lists = Map.of("three", page("/2", "A", "B"), "three/2", page("/3"), "three/3", page("", "C"),
                    "none", page(""), "broken", page("/damaged", "A"));
            StockService stock = fake.open().stock();
            Pages<StockLevel> three = stock.allStock(list("three"));
            assertEquals(List.of("A", "B", "C"), three.stream().map(StockLevel::getSku).toList());
            assertEquals(3, three.stream().count(), "asked anew");
            assertEquals(0, stock.allStock(list("none")).stream().count());
            assertThrows(NoSuchElementException.class, () -> stock.allStock(list("none")).iterator().next());

            List<String> items = new ArrayList<>();
            Refusal why = assertThrows(Refusal.class, () -> stock.allStock(list("broken")).forEach(it -> items.add(it.getSku())));
            assertEquals("PAGE_TOKEN_INVALID", why.reason());
            assertEquals(List.of("A"), items);

            fake.bytes.clear();
            three.iterator().next();
            assertEquals(1, fake.bytes.size(), "who leaves on the first page asks for more");
        }
    }
}
