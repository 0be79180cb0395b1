package dev.erpsync;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.erpsync.v1.GoingAway;
import dev.erpsync.v1.Reason;
import dev.erpsync.v1.WatchStart;
import io.grpc.CallOptions;
import io.grpc.Context;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;

/**
 * A stream of changes without end: it resumes by itself where the line breaks, the server goes away or the reader was too slow.
 * It hands over all messages, heartbeats too.
 *
 * <pre>{@code
 * try (Watch<WatchStockResponse> watch = shop.stock().watchStock(request)) {
 *     for (WatchStockResponse message : watch) {
 *         … apply what it says, and then store message.getResumeToken() …
 *     }
 * }
 * }</pre>
 *
 * <p>Who begins again starts with the stored token: {@link #startAfter}. It ends when it is closed, which another thread may do,
 * or with a {@link Refusal} that no waiting mends. One thread iterates, once.
 */
public final class Watch<M extends Message> implements Iterator<M>, Iterable<M>, AutoCloseable {
    private final Connection connection;
    private final MethodDescriptor<?, M> method;
    private final CountDownLatch closed = new CountDownLatch(1);
    /** What the next stream begins with, and how long to wait before it. */
    private Message request;
    private Duration wait = Duration.ZERO;
    private int failures;
    private M next;
    /** Null where the next one is still to begin. */
    private Iterator<M> stream;
    /** Of the stream: ends it when it is cancelled. */
    private volatile Context.CancellableContext context;

    <Q extends Message> Watch(Connection connection, MethodDescriptor<Q, M> method, Q request) {
        this.connection = connection;
        this.method = method;
        this.request = request;
    }

    /** Begins after the message whose token was stored last; where none was (it is empty), with a snapshot. */
    public static WatchStart startAfter(String token) {
        return token.isEmpty()
                ? WatchStart.newBuilder().setSnapshot(true).build()
                : WatchStart.newBuilder().setResumeToken(token).build();
    }

    /** Begins with what changes from now on. */
    public static WatchStart startNow() {
        return WatchStart.newBuilder().setNow(true).build();
    }

    /** Waits for the next message; false once it was closed. */
    @Override
    public boolean hasNext() {
        while (next == null && !isClosed()) {
            try {
                if (stream == null) {
                    begin();
                }
                if (stream.hasNext()) {
                    next = stream.next();
                    failures = 0;
                } else {
                    // A watch has no end: one that ends without a word was cut off.
                    leave(connection.waits().backOff(++failures));
                }
            } catch (StatusRuntimeException cause) {
                if (isClosed()) {
                    return false;
                }
                StatusRuntimeException failure = Refusal.of(cause);
                Duration helps = waitAfter(failure, ++failures);
                if (helps == null) {
                    close();
                    throw failure;
                }
                leave(helps);
            }
        }
        return !isClosed();
    }

    @Override
    public M next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the watch was closed");
        }
        M message = next;
        next = null;
        resumeAfter((String) message.getField(field(message, "resume_token")));
        FieldDescriptor away = field(message, "going_away");
        if (message.hasField(away)) {
            var delay = ((GoingAway) message.getField(away)).getRetryDelay();
            leave(connection.waits().given(Duration.ofSeconds(delay.getSeconds(), delay.getNanos()), ++failures));
        }
        return message;
    }

    /** Itself: it can be iterated once. */
    @Override
    public Iterator<M> iterator() {
        return this;
    }

    /** Ends it. */
    @Override
    public void close() {
        closed.countDown();
        cancel();
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void begin() {
        connection.waits().pause(wait, closed);
        wait = Duration.ZERO;
        context = Context.current().withCancellation();
        if (isClosed()) {
            cancel();
        }
        Context before = context.attach();
        try {
            stream = ClientCalls.blockingServerStreamingCall(
                    connection.awake(), Methods.encoded(method), CallOptions.DEFAULT, request.toByteArray());
        } finally {
            context.detach(before);
        }
    }

    /** Drops the stream; another begins after the wait. */
    private void leave(Duration wait) {
        cancel();
        stream = null;
        this.wait = wait;
    }

    private void cancel() {
        if (context != null) {
            context.cancel(null);
        }
    }

    private Duration waitAfter(StatusRuntimeException failure, int failures) {
        if (failure instanceof Refusal && ((Refusal) failure).because(Reason.REASON_SLOW_CONSUMER)) {
            return connection.waits().given(((Refusal) failure).retryAfter().orElse(Duration.ZERO), failures);
        }
        return connection.waits().after(failure, failures);
    }

    /** Lets the next stream begin after a token, and keeps what else the request says of its start. */
    private void resumeAfter(String token) {
        if (token.isEmpty()) {
            return;
        }
        FieldDescriptor field = field(request, "start");
        WatchStart start = ((WatchStart) request.getField(field)).toBuilder().setResumeToken(token).build();
        request = request.toBuilder().setField(field, start).build();
    }

    private static FieldDescriptor field(Message message, String name) {
        return message.getDescriptorForType().findFieldByName(name);
    }
}
