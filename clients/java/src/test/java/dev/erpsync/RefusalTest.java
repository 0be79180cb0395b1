package dev.erpsync;

import static dev.erpsync.Fake.refused;
import static dev.erpsync.Fake.retryAfter;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import dev.erpsync.v1.GetStockRequest;
import dev.erpsync.v1.Reason;
import dev.erpsync.v1.StreamTasksResponse;
import dev.erpsync.v1.WatchStockRequest;
import io.grpc.CallOptions;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RefusalTest {
    private static StatusRuntimeException ask(StatusRuntimeException answer) throws Exception {
        try (Fake fake = new Fake()) {
            fake.calls.add(() -> answer);
            Connection shop = fake.open();
            return assertThrows(StatusRuntimeException.class, () -> shop.stock().getStock(GetStockRequest.getDefaultInstance()));
        }
    }

    @Test
    void tellsAllThatTheServerSays() throws Exception {
        BadRequest fields = BadRequest.newBuilder()
                .addFieldViolations(BadRequest.FieldViolation.newBuilder().setField("lines[0].sku").setDescription("is missing"))
                .build();
        ErrorInfo info = ErrorInfo.newBuilder().setDomain("erpsync").setReason("INSUFFICIENT_STOCK").putMetadata("sku", "MUG").build();
        Refusal why = (Refusal) ask(Fake.told(Status.Code.FAILED_PRECONDITION, info, fields, retryAfter(2)));
        assertEquals(Status.Code.FAILED_PRECONDITION, why.code());
        assertEquals("INSUFFICIENT_STOCK", why.reason());
        assertEquals("because", why.text());
        assertEquals(Map.of("sku", "MUG"), why.metadata());
        assertEquals("[lines[0].sku: is missing]", why.fields().toString());
        assertEquals(Optional.of(Duration.ofSeconds(2)), why.retryAfter());
        assertEquals("FAILED_PRECONDITION INSUFFICIENT_STOCK: because", why.getMessage());
        assertTrue(why.because(Reason.REASON_INSUFFICIENT_STOCK));
        assertFalse(why.because(Reason.REASON_INVALID_STATE));
    }

    @Test
    void keepsAReasonThatIsNotKnownYet() throws Exception {
        Refusal why = (Refusal) ask(refused(Status.Code.FAILED_PRECONDITION, "OF_TOMORROW"));
        assertEquals("OF_TOMORROW", why.reason());
        assertFalse(why.because(Reason.REASON_UNSPECIFIED));
        assertFalse(why.because(Reason.UNRECOGNIZED));
        assertEquals(Optional.empty(), why.retryAfter());
    }

    @Test
    void saysWhatToLookAtWhereTheTokenIsNotKnown() throws Exception {
        Refusal why = (Refusal) ask(refused(Status.Code.UNAUTHENTICATED, "TOKEN_INVALID"));
        assertTrue(why.getMessage().contains("(is it of another server or environment?"), why.getMessage());
    }

    @Test
    void isNotWhatSomebodyElseSays() throws Exception {
        ErrorInfo info = ErrorInfo.newBuilder().setDomain("proxy").setReason("NO_ROUTE").build();
        StatusRuntimeException cause = ask(Fake.told(Status.Code.NOT_FOUND, info));
        assertFalse(cause instanceof Refusal, cause.toString());
        assertEquals(Status.Code.NOT_FOUND, cause.getStatus().getCode());
    }

    @Test
    void comesOutOfTheCallsOfGrpcAsWell() throws Exception {
        try (Fake fake = new Fake()) {
            fake.watches.add(it -> it.end(refused(Status.Code.OUT_OF_RANGE, "RESUME_TOKEN_FOREIGN")));
            Connection shop = fake.open();
            var stream = ClientCalls.blockingServerStreamingCall(
                    shop.channel(), StockService.WATCH_STOCK, CallOptions.DEFAULT, WatchStockRequest.getDefaultInstance());
            var cause = assertThrows(StatusRuntimeException.class, stream::hasNext);
            assertEquals("RESUME_TOKEN_FOREIGN", ((Refusal) Refusal.of(cause)).reason());
        }
    }

    @Test
    void isToldToObserversOfTheStreamThatIsSpokenIn() throws Exception {
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        StreamObserver<StreamTasksResponse> observer = Refusal.told(new StreamObserver<>() {
            @Override
            public void onNext(StreamTasksResponse answer) {}

            @Override
            public void onError(Throwable cause) {
                told.complete(cause);
            }

            @Override
            public void onCompleted() {
                told.complete(null);
            }
        });
        observer.onError(refused(Status.Code.UNAUTHENTICATED, "TOKEN_INVALID"));
        assertEquals("TOKEN_INVALID", ((Refusal) told.get(10, TimeUnit.SECONDS)).reason());
    }
}
