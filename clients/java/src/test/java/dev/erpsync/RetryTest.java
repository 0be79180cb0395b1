package dev.erpsync;

import static dev.erpsync.Fake.done;
import static dev.erpsync.Fake.refused;
import static dev.erpsync.Fake.retryAfter;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.erpsync.v1.GetStockRequest;
import dev.erpsync.v1.LeaseTasksRequest;
import dev.erpsync.v1.ReadStockChangesRequest;
import dev.erpsync.v1.SetStockRequest;
import dev.erpsync.v1.StockReading;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class RetryTest {
    private static final SetStockRequest STATED = SetStockRequest.newBuilder()
            .addReadings(StockReading.newBuilder().setSku("MUG").setOnHand("5"))
            .addReadings(StockReading.newBuilder().setSku("CUP").setOnHand("2.5"))
            .build();

    /** What the server does, how the call ends, after how many attempts, and what was waited between them. */
    private record Case(String name, Function<Fake, List<Supplier<Throwable>>> calls, Status.Code ends, int attempts, String waits) {}

    private static Function<Fake, List<Supplier<Throwable>>> again(StatusRuntimeException once) {
        return fake -> List.of(() -> once, done());
    }

    private static Function<Fake, List<Supplier<Throwable>>> always(StatusRuntimeException cause) {
        return fake -> List.of(() -> cause);
    }

    @TestFactory
    Stream<DynamicTest> whatIsSaidAgain() {
        return Stream.of(
                new Case("done at once", fake -> List.of(done()), Status.Code.OK, 1, ""),
                new Case("the answer is lost", fake -> List.of(fake.cut(), fake.cut(), done()), Status.Code.OK, 3, "100ms 200ms"),
                new Case("unavailable", again(refused(Status.Code.UNAVAILABLE, "DATABASE_UNAVAILABLE")), Status.Code.OK, 2, "100ms"),
                new Case("unavailable for long", always(refused(Status.Code.UNAVAILABLE, "SHUTTING_DOWN")), Status.Code.UNAVAILABLE, 5, "100ms 200ms 400ms 800ms"),
                new Case("unavailable, and says how long", again(refused(Status.Code.UNAVAILABLE, "SHUTTING_DOWN", retryAfter(3))), Status.Code.OK, 2, "3s"),
                new Case("the server's time is over", again(refused(Status.Code.DEADLINE_EXCEEDED, "DEADLINE_EXCEEDED")), Status.Code.OK, 2, "100ms"),
                new Case("somebody else's time is over", again(Status.DEADLINE_EXCEEDED.asRuntimeException()), Status.Code.DEADLINE_EXCEEDED, 1, ""),
                new Case("too much at once", again(refused(Status.Code.RESOURCE_EXHAUSTED, "OVERLOADED", retryAfter(7))), Status.Code.OK, 2, "7s"),
                new Case("too much at once for hours", again(refused(Status.Code.RESOURCE_EXHAUSTED, "RATE_LIMITED", retryAfter(3600))), Status.Code.OK, 2, "30s"),
                new Case("too large", always(refused(Status.Code.RESOURCE_EXHAUSTED, "MESSAGE_TOO_LARGE")), Status.Code.RESOURCE_EXHAUSTED, 1, ""),
                new Case("aborted", always(refused(Status.Code.ABORTED, "REVISION_NOT_REACHED", retryAfter(1))), Status.Code.ABORTED, 1, ""),
                new Case("too little stock", always(refused(Status.Code.FAILED_PRECONDITION, "INSUFFICIENT_STOCK")), Status.Code.FAILED_PRECONDITION, 1, ""),
                new Case("our own fault", always(refused(Status.Code.INTERNAL, "INTERNAL")), Status.Code.INTERNAL, 1, "")
        ).map(it -> dynamicTest(it.name, () -> check(it)));
    }

    private static void check(Case it) throws Exception {
        try (Fake fake = new Fake()) {
            fake.calls.addAll(it.calls.apply(fake));
            Connection erp = fake.open();
            if (it.ends == Status.Code.OK) {
                assertEquals(7, erp.stock().setStock(STATED).getRevision());
            } else {
                var cause = assertThrows(StatusRuntimeException.class, () -> erp.stock().setStock(STATED));
                assertEquals(it.ends, cause.getStatus().getCode());
            }
            assertEquals(it.attempts, fake.bytes.size());
            fake.bytes.forEach(attempt -> assertArrayEquals(fake.bytes.get(0), attempt));
            assertEquals(it.waits, String.join(" ", fake.waited));
        }
    }

    /** With real waits, in which the channel notices what has happened to the line. */
    @Test
    void knowsALineThatBrokeWhileItWrote() {
        Status unknown = Status.UNKNOWN.withDescription("channel closed");
        assertNotNull(new Waits().after(unknown.withCause(new ClosedChannelException()).asRuntimeException(), 1));
        assertNull(new Waits().after(unknown.asRuntimeException(), 1));
    }

    @Test
    void everyAttemptTriesTheLine() throws Exception {
        try (Fake fake = new Fake()) {
            fake.calls.addAll(List.of(fake.refuse(2), done()));
            try (Connection erp = Connection.open(fake.address(), "esk_1_secret")) {
                assertEquals(7, erp.stock().setStock(STATED).getRevision());
            }
            assertEquals(2, fake.bytes.size());
        }
    }

    @Test
    void waitsAreShortenedByChance() {
        Waits waits = new Waits();
        for (int[] it : new int[][] {{1, 100}, {4, 800}, {6, 3200}, {7, 5000}, {1000, 5000}}) {
            Set<Duration> seen = new HashSet<>();
            for (int n = 0; n < 1000; n++) {
                Duration wait = waits.backOff(it[0]);
                assertTrue(it[1] <= 2 * wait.toMillis() + 2 && wait.compareTo(Duration.ofMillis(it[1])) <= 0, it[0] + ": " + wait);
                seen.add(wait);
            }
            assertTrue(seen.size() > 900, "only " + seen.size() + " different waits");
            assertTrue(seen.stream().anyMatch(wait -> wait.toMillis() < it[1] * 0.6), "never much shorter");
        }
    }

    /** How a call is made, and how much time each attempt gets. */
    private record Given(String name, Consumer<Connection> call, int seconds) {}

    @TestFactory
    Stream<DynamicTest> attemptsHaveTheirTime() {
        Consumer<Connection> write = it -> it.stock().setStock(STATED);
        Consumer<Connection> read = it -> it.stock().readStockChanges(ReadStockChangesRequest.getDefaultInstance());
        Consumer<Connection> lease = it -> it.inbox().leaseTasks(LeaseTasksRequest.getDefaultInstance());
        Consumer<Connection> short_ = it -> write.accept(it.withDeadline(Duration.ofSeconds(4)));
        return Stream.of(
                new Given("a write", write, 10),
                new Given("a read that may wait", read, 30),
                new Given("leases, which may be waited for", lease, 30),
                new Given("as the connection says", short_, 4),
                new Given("as the context says", it -> within(6, () -> read.accept(it)), 6)
        ).map(it -> dynamicTest(it.name, () -> {
            try (Fake fake = new Fake()) {
                fake.calls.add(done());
                it.call.accept(fake.open());
                // What the way there took is missing.
                long given = fake.given.get(0).toMillis();
                assertTrue(given <= it.seconds * 1000 && it.seconds * 1000 - 3000 < given, given + " ms");
            }
        }));
    }

    private static void within(int seconds, Runnable work) {
        var timer = Executors.newSingleThreadScheduledExecutor();
        try {
            Context.current().withDeadlineAfter(seconds, TimeUnit.SECONDS, timer).run(work);
        } finally {
            timer.shutdownNow();
        }
    }

    @Test
    void whoHasNoTimeLeftHearsWhy() throws Exception {
        try (Fake fake = new Fake()) {
            fake.calls.add(() -> refused(Status.Code.RESOURCE_EXHAUSTED, "OVERLOADED", retryAfter(20)));
            Connection erp = fake.open();
            within(10, () -> {
                Refusal why = assertThrows(Refusal.class, () -> erp.stock().setStock(STATED));
                assertEquals("OVERLOADED", why.reason());
            });
            assertEquals(List.of(), fake.waited);
        }
    }

    @Test
    void pauseEndsWhenItIsOverOrInterrupted() {
        CountDownLatch over = new CountDownLatch(1);
        new Waits().pause(Duration.ofNanos(1), over);
        over.countDown();
        new Waits().pause(Duration.ofDays(1), over);
        Thread.currentThread().interrupt();
        var cause = assertThrows(StatusRuntimeException.class, () -> new Waits().pause(Duration.ofDays(1), new CountDownLatch(1)));
        assertEquals(Status.Code.CANCELLED, cause.getStatus().getCode());
        assertTrue(Thread.interrupted(), "who interrupted is forgotten");
    }

    @Test
    void requestIds() throws Exception {
        try (Fake fake = new Fake()) {
            fake.calls.addAll(List.of(fake.cut(), done()));
            Connection erp = fake.open();
            for (int n = 0; n < 3; n++) {
                erp.stock().setStock(STATED);
            }
            Set<String> ids = new TreeSet<>();
            for (byte[] it : fake.bytes) {
                ids.add(idOf(it));
            }
            assertEquals(4, fake.bytes.size());
            assertEquals(3, ids.size(), "three writes, one of them in two attempts, have the identities " + ids);
            ids.forEach(id -> assertTrue(id.matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}"), id));

            fake.bytes.clear();
            erp.stock().setStock(STATED.toBuilder().setRequestId("mine").build());
            assertEquals("mine", idOf(fake.bytes.get(0)));

            fake.bytes.clear();
            GetStockRequest read = GetStockRequest.newBuilder().setSku("MUG").build();
            erp.stock().getStock(read);
            assertEquals(read, GetStockRequest.parseFrom(fake.bytes.get(0)));
        }
    }

    private static String idOf(byte[] request) throws InvalidProtocolBufferException {
        return SetStockRequest.parseFrom(request).getRequestId();
    }
}
