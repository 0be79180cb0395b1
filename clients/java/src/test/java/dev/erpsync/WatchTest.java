package dev.erpsync;

import static dev.erpsync.Fake.refused;
import static dev.erpsync.Fake.retryAfter;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.protobuf.Duration;
import dev.erpsync.v1.GoingAway;
import dev.erpsync.v1.Heartbeat;
import dev.erpsync.v1.OnExpired;
import dev.erpsync.v1.WatchStockRequest;
import dev.erpsync.v1.WatchStockResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class WatchTest {
    private static final StatusRuntimeException UNAVAILABLE = refused(Status.Code.UNAVAILABLE, "SHUTTING_DOWN");
    private static final WatchStockRequest REQUEST = WatchStockRequest.newBuilder()
            .setStart(Watch.startAfter("").toBuilder()
                    .setHeartbeatInterval(Duration.newBuilder().setSeconds(3))
                    .setOnExpired(OnExpired.ON_EXPIRED_ERROR))
            .build();

    private static WatchStockResponse message(String token) {
        return WatchStockResponse.newBuilder().setResumeToken(token).setHeartbeat(Heartbeat.getDefaultInstance()).build();
    }

    private static WatchStockResponse goingAway(String token, int seconds) {
        GoingAway away = GoingAway.newBuilder().setRetryDelay(Duration.newBuilder().setSeconds(seconds)).build();
        return WatchStockResponse.newBuilder().setResumeToken(token).setGoingAway(away).build();
    }

    /** A stream that tells messages with these tokens, and then ends so; null: without a word. */
    private static Consumer<Fake.Watching> tells(String tokens, Throwable end) {
        return it -> {
            stays(tokens).accept(it);
            it.end(end);
        };
    }

    /** A stream that stays up until its reader is gone. */
    private static Consumer<Fake.Watching> stays(String tokens) {
        return it -> Stream.of(tokens.split(" ")).filter(token -> !token.isEmpty()).forEach(token -> it.tell(message(token)));
    }

    private static Consumer<Fake.Watching> goesAway(WatchStockResponse... messages) {
        return it -> it.tell(messages);
    }

    private static void cut(Fake.Watching it) {
        stays("a b").accept(it);
        try {
            it.fake().taken("b").await(10, TimeUnit.SECONDS);
        } catch (InterruptedException cause) {
            throw new IllegalStateException(cause);
        }
        it.fake().line.cut();
    }

    /**
     * What streams do, the tokens that are handed over, where each stream was asked to begin, and what was waited between. The
     * reason for which it ends; empty: it does not, and is closed after the last token.
     */
    private record Case(String name, List<Consumer<Fake.Watching>> streams, String told, String starts, String waits, String reason) {}

    @TestFactory
    Stream<DynamicTest> resumes() {
        Consumer<Fake.Watching> away = tells("", UNAVAILABLE);
        return Stream.of(
                new Case("the line breaks", List.of(WatchTest::cut, stays("c")), "a b c", "snapshot b", "100ms", ""),
                new Case("the server goes away", List.of(goesAway(message("a"), goingAway("b", 7)), stays("c")), "a b c", "snapshot b", "7s", ""),
                new Case("the server goes away for a day", List.of(goesAway(goingAway("a", 86_400)), stays("b")), "a b", "snapshot a", "30s", ""),
                new Case("the server goes away, and does not say for how long", List.of(goesAway(goingAway("a", 0)), stays("b")), "a b", "snapshot a", "100ms", ""),
                new Case("the reader was too slow", List.of(tells("a b", refused(Status.Code.RESOURCE_EXHAUSTED, "SLOW_CONSUMER")), stays("c")), "a b c", "snapshot b", "100ms", ""),
                new Case("it ends without a word", List.of(tells("a", null), stays("b")), "a b", "snapshot a", "100ms", ""),
                new Case("a message has no token", List.of(it -> { it.tell(message("a"), message("")); it.end(null); }, stays("b")), "a  b", "snapshot a", "100ms", ""),
                new Case("it ends before the first word", List.of(tells("", null), stays("a")), "a", "snapshot snapshot", "100ms", ""),
                new Case("the server is away for long", List.of(tells("a", UNAVAILABLE), away, away, away, away, away, away, tells("b", UNAVAILABLE), stays("c")),
                        "a b c", "snapshot a a a a a a a b", "100ms 200ms 400ms 800ms 1600ms 3200ms 5s 100ms", ""),
                new Case("too many streams at once", List.of(tells("", refused(Status.Code.RESOURCE_EXHAUSTED, "RATE_LIMITED", retryAfter(9))), stays("a")), "a", "snapshot snapshot", "9s", ""),
                new Case("the log does not reach back", List.of(tells("a", null), tells("", refused(Status.Code.OUT_OF_RANGE, "RESUME_TOKEN_EXPIRED"))), "a", "snapshot a", "100ms", "RESUME_TOKEN_EXPIRED"),
                new Case("the token is revoked", List.of(tells("a b", refused(Status.Code.UNAUTHENTICATED, "TOKEN_INVALID"))), "a b", "snapshot", "", "TOKEN_INVALID")
        ).map(it -> dynamicTest(it.name, () -> check(it)));
    }

    private static void check(Case it) throws Exception {
        try (Fake fake = new Fake()) {
            fake.watches.addAll(it.streams);
            List<String> told = new ArrayList<>();
            String reason = "";
            try (Watch<WatchStockResponse> watch = fake.open().stock().watchStock(REQUEST)) {
                try {
                    while (!(it.reason.isEmpty() && String.join(" ", told).equals(it.told)) && watch.hasNext()) {
                        String token = watch.next().getResumeToken();
                        told.add(token);
                        fake.taken(token).countDown();
                    }
                } catch (Refusal why) {
                    reason = why.reason();
                    assertFalse(watch.hasNext(), "told after the end");
                }
            }
            assertEquals(it.reason, reason);
            assertEquals(it.told, String.join(" ", told));
            assertEquals(it.starts, fake.starts());
            assertEquals(it.waits, String.join(" ", fake.waited));
            fake.starts.forEach(start -> {
                assertEquals(3, start.getHeartbeatInterval().getSeconds());
                assertEquals(OnExpired.ON_EXPIRED_ERROR, start.getOnExpired());
            });
        }
    }

    @Test
    void beginsWithoutAStart() throws Exception {
        try (Fake fake = new Fake()) {
            fake.watches.addAll(List.of(tells("a", null), stays("b")));
            try (var watch = fake.open().stock().watchStock(WatchStockRequest.getDefaultInstance())) {
                for (WatchStockResponse message : watch) {
                    if (message.getResumeToken().equals("b")) {
                        break;
                    }
                }
            }
            assertEquals("snapshot a", fake.starts());
        }
    }

    @Test
    void endsAtTheServerWhenItIsClosed() throws Exception {
        try (Fake fake = new Fake()) {
            fake.watches.add(stays("a"));
            var watch = fake.open().stock().watchStock(REQUEST);
            watch.next();
            watch.close();
            assertTrue(fake.taken("gone").await(30, TimeUnit.SECONDS), "the stream is still up");
            assertFalse(watch.hasNext());
            assertThrows(NoSuchElementException.class, watch::next);
        }
    }

    @Test
    void isClosedByAnotherThread() throws Exception {
        try (Fake fake = new Fake()) {
            fake.watches.add(stays("a"));
            var watch = fake.open().stock().watchStock(REQUEST);
            watch.next();
            CompletableFuture<Boolean> more = new CompletableFuture<>();
            Thread reader = new Thread(() -> {
                try {
                    more.complete(watch.hasNext());
                } catch (RuntimeException cause) {
                    more.completeExceptionally(cause);
                }
            });
            reader.start();
            // Until it waits for the next message.
            while (reader.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            watch.close();
            assertFalse(more.get(30, TimeUnit.SECONDS));
            assertEquals(List.of(), fake.waited);
        }
    }
}
