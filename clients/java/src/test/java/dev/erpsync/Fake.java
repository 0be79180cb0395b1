package dev.erpsync;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.erpsync.v1.GetStockResponse;
import dev.erpsync.v1.LeaseTasksResponse;
import dev.erpsync.v1.ListStockRequest;
import dev.erpsync.v1.ListStockResponse;
import dev.erpsync.v1.ReadStockChangesResponse;
import dev.erpsync.v1.SetStockResponse;
import dev.erpsync.v1.WatchStart;
import dev.erpsync.v1.WatchStockRequest;
import dev.erpsync.v1.WatchStockResponse;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A server that answers as a test tells it to: each call with the next answer, the last one for ever. */
final class Fake implements AutoCloseable {
    private static final Context.Key<String> TOKEN = Context.key("token");

    /** What calls and watches come to; null: they are done. */
    final Deque<Supplier<Throwable>> calls = new ArrayDeque<>();
    final Deque<Consumer<Watching>> watches = new ArrayDeque<>();
    Map<String, ListStockResponse> lists = Map.of();

    /** What came: the bytes of requests, where watches begin, tokens, and how much time was given. */
    final List<byte[]> bytes = Collections.synchronizedList(new ArrayList<>());
    final List<WatchStart> starts = Collections.synchronizedList(new ArrayList<>());
    final List<String> tokens = Collections.synchronizedList(new ArrayList<>());
    final List<Duration> given = Collections.synchronizedList(new ArrayList<>());

    /** What would have been waited, in order. */
    final List<String> waited = new ArrayList<>();

    final Line line;
    private final Server server;
    private final String scheme;
    private final List<Connection> connections = new ArrayList<>();
    private final Map<String, CountDownLatch> taken = new ConcurrentHashMap<>();

    Fake() throws IOException {
        this("http", InsecureServerCredentials.create());
    }

    Fake(String scheme, ServerCredentials credentials) throws IOException {
        this.scheme = scheme;
        ServerServiceDefinition stock = ServerServiceDefinition.builder("erpsync.v1.StockService")
                .addMethod(received(StockService.SET_STOCK), single(request -> SetStockResponse.newBuilder().setRevision(7).build()))
                .addMethod(received(StockService.GET_STOCK), single(request -> GetStockResponse.getDefaultInstance()))
                .addMethod(received(StockService.READ_STOCK_CHANGES), single(request -> ReadStockChangesResponse.getDefaultInstance()))
                .addMethod(StockService.LIST_STOCK, ServerCalls.asyncUnaryCall(this::list))
                .addMethod(StockService.WATCH_STOCK, ServerCalls.asyncServerStreamingCall(this::watch))
                .build();
        ServerServiceDefinition inbox = ServerServiceDefinition.builder("erpsync.v1.InboxService")
                .addMethod(received(InboxService.LEASE_TASKS), single(request -> LeaseTasksResponse.getDefaultInstance()))
                .build();
        server = Grpc.newServerBuilderForPort(0, credentials)
                .addService(ServerInterceptors.intercept(stock, new Doorman()))
                .addService(ServerInterceptors.intercept(inbox, new Doorman()))
                .build()
                .start();
        line = new Line(server.getPort());
    }

    String address() {
        return scheme + "://127.0.0.1:" + line.port();
    }

    /** A connection whose waits are noted and not made. */
    Connection open() {
        Connection it = Connection.to(address()).token("esk_1_secret").waits(noted()).open();
        connections.add(it);
        return it;
    }

    Waits noted() {
        return new Waits() {
            @Override
            double chance() {
                return 0;
            }

            @Override
            void pause(Duration wait, CountDownLatch over) {
                if (!wait.isZero()) {
                    waited.add(wait.toMillis() % 1000 == 0 ? wait.toSeconds() + "s" : wait.toMillis() + "ms");
                }
            }
        };
    }

    @Override
    public void close() throws IOException {
        connections.forEach(Connection::close);
        server.shutdownNow();
        line.close();
    }

    /** Counted down once the reader has taken the message with this token, so that nothing is cut off before it came. */
    CountDownLatch taken(String token) {
        return taken.computeIfAbsent(token, it -> new CountDownLatch(1));
    }

    Supplier<Throwable> cut() {
        return refuse(0);
    }

    Supplier<Throwable> refuse(int connections) {
        return () -> {
            line.refuse(connections);
            return Status.ABORTED.withDescription("nobody hears this").asRuntimeException();
        };
    }

    static Supplier<Throwable> done() {
        return () -> null;
    }

    /** A refusal as the server makes it. */
    static StatusRuntimeException refused(Status.Code code, String reason, Message... details) {
        ErrorInfo info = ErrorInfo.newBuilder().setDomain("erpsync").setReason(reason).build();
        return told(code, info, details);
    }

    static StatusRuntimeException told(Status.Code code, ErrorInfo info, Message... details) {
        var status = com.google.rpc.Status.newBuilder().setCode(code.value()).setMessage("because").addDetails(Any.pack(info));
        Arrays.stream(details).forEach(it -> status.addDetails(Any.pack(it)));
        return StatusProto.toStatusRuntimeException(status.build());
    }

    static RetryInfo retryAfter(int seconds) {
        return RetryInfo.newBuilder().setRetryDelay(com.google.protobuf.Duration.newBuilder().setSeconds(seconds)).build();
    }

    /** One stream of a watch, at the server. */
    record Watching(Fake fake, StreamObserver<WatchStockResponse> reader) {
        void tell(WatchStockResponse... messages) {
            Arrays.stream(messages).forEach(reader::onNext);
        }

        /** Ends the stream; null: without a word. */
        void end(Throwable how) {
            if (how == null) {
                reader.onCompleted();
            } else {
                reader.onError(how);
            }
        }
    }

    private <A> ServerCallHandler<byte[], A> single(java.util.function.Function<byte[], A> answer) {
        return ServerCalls.asyncUnaryCall((request, caller) -> {
            bytes.add(request);
            tokens.add(String.valueOf(TOKEN.get()));
            given.add(Duration.ofNanos(Context.current().getDeadline().timeRemaining(TimeUnit.NANOSECONDS)));
            Throwable cause = next(calls).get();
            if (cause == null) {
                caller.onNext(answer.apply(request));
                caller.onCompleted();
            } else {
                caller.onError(cause);
            }
        });
    }

    private void list(ListStockRequest request, StreamObserver<ListStockResponse> caller) {
        bytes.add(request.toByteArray());
        ListStockResponse page = lists.get(request.getSku() + request.getPageToken());
        if (page == null) {
            caller.onError(refused(Status.Code.INVALID_ARGUMENT, "PAGE_TOKEN_INVALID"));
        } else {
            caller.onNext(page);
            caller.onCompleted();
        }
    }

    private void watch(WatchStockRequest request, StreamObserver<WatchStockResponse> reader) {
        starts.add(request.getStart());
        // Who is gone hears nothing; that is no fault of the server's.
        ((ServerCallStreamObserver<WatchStockResponse>) reader).setOnCancelHandler(() -> taken("gone").countDown());
        next(watches).accept(new Watching(this, reader));
    }

    private static <T> T next(Deque<T> script) {
        synchronized (script) {
            return script.size() > 1 ? script.remove() : script.peek();
        }
    }

    /** The same method, whose requests are taken as they come. */
    private static <A> MethodDescriptor<byte[], A> received(MethodDescriptor<?, A> method) {
        MethodDescriptor.Marshaller<byte[]> asTheyCome = new MethodDescriptor.Marshaller<>() {
            @Override
            public InputStream stream(byte[] bytes) {
                return new ByteArrayInputStream(bytes);
            }

            @Override
            public byte[] parse(InputStream stream) {
                try {
                    return stream.readAllBytes();
                } catch (IOException cause) {
                    throw new UncheckedIOException(cause);
                }
            }
        };
        return method.toBuilder(asTheyCome, method.getResponseMarshaller()).build();
    }

    String starts() {
        synchronized (starts) {
            return starts.stream()
                    .map(it -> it.hasResumeToken() ? it.getResumeToken() : "snapshot")
                    .collect(Collectors.joining(" "));
        }
    }

    private static final class Doorman implements ServerInterceptor {
        private static final Metadata.Key<String> AUTHORIZATION = Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            return Contexts.interceptCall(Context.current().withValue(TOKEN, headers.get(AUTHORIZATION)), call, headers, next);
        }
    }
}
