package dev.erpsync;

import com.google.protobuf.Empty;
import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ChannelCredentials;
import io.grpc.ClientInterceptors;
import io.grpc.ConnectivityState;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A channel to one server, in the name of one system. It may be used by many threads at once.
 *
 * <pre>{@code
 * try (Connection shop = Connection.open("https://erpsync.example", token)) {
 *     StockLevel level = shop.stock().getStock(GetStockRequest.newBuilder().setSku("MUG").build()).getLevel();
 * }
 * }</pre>
 *
 * <p>Single calls block, and are repeated where that helps, because every write has an identity and reads change nothing. What
 * the server refuses is a {@link Refusal}; what else goes wrong (the line, mostly) is another {@link StatusRuntimeException}.
 */
public final class Connection implements AutoCloseable {
    private static final Metadata.Key<String> AUTHORIZATION = Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    /** What it says does not matter here, so its messages need not be known. */
    private static final MethodDescriptor<Empty, Empty> HEALTH = Methods.describe(
            MethodDescriptor.MethodType.UNARY, "grpc.health.v1.Health/Check", Empty.getDefaultInstance(), Empty.getDefaultInstance());
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    /** Of calls that may wait for news. */
    private static final Duration DEADLINE_OF_WAITING = Duration.ofSeconds(30);
    /** Answers are at most 1 MiB by contract; the room above is for parts that cannot be split. */
    private static final int ANSWER_BYTES_MAX = 16 << 20;

    private final ManagedChannel line;
    private final Channel channel;
    private final Waits waits;
    private final Duration deadline;

    private Connection(ManagedChannel line, Channel channel, Waits waits, Duration deadline) {
        this.line = line;
        this.channel = channel;
        this.waits = waits;
        this.deadline = deadline;
    }

    /**
     * Connects to an address, {@code http://host:port} (plain text) or {@code https://host[:port]} (TLS with the system's
     * authorities), with a token. Fails where nobody answers there; whether the token is good shows with the first call.
     */
    public static Connection open(String address, String token) {
        return to(address).token(token).open();
    }

    /** The same with more to choose. */
    public static Builder to(String address) {
        return new Builder(address);
    }

    /** The same channel in the name of another system; with an empty token, of nobody. Either is closed with the other. */
    public Connection withToken(String token) {
        return new Connection(line, authorized(line, token), waits, deadline);
    }

    /**
     * The same, where each attempt of a single call may take so long instead of 10 s, or instead of 30 s where it may wait for
     * news. A deadline of the current {@link Context} counts for all attempts together.
     */
    public Connection withDeadline(Duration deadline) {
        return new Connection(line, channel, waits, deadline);
    }

    /** For grpc-java's own ways to call: with the token, and nothing is repeated. */
    public Channel channel() {
        return channel;
    }

    /** Ends the channel, and the calls that are under way. */
    @Override
    public void close() {
        line.shutdownNow();
    }

    /** For operators: tenants, environments, systems, tokens, audit. */
    public AdminService admin() {
        return new AdminService(this);
    }

    /** Everything that changes, for tools that copy, audit or count. */
    public ChangeService changes() {
        return new ChangeService(this);
    }

    /** Which articles are made of others. */
    public CompositionService compositions() {
        return new CompositionService(this);
    }

    /** What lowers invoices. */
    public CreditNoteService creditNotes() {
        return new CreditNoteService(this);
    }

    /** The work that waits for the ERP. */
    public InboxService inbox() {
        return new InboxService(this);
    }

    /** What the ERP has invoiced. */
    public InvoiceService invoices() {
        return new InvoiceService(this);
    }

    /** What somebody should look at. */
    public MonitoringService monitoring() {
        return new MonitoringService(this);
    }

    /** What shops submit. */
    public OrderService orders() {
        return new OrderService(this);
    }

    /** Which system leads which data. */
    public OwnershipService ownership() {
        return new OwnershipService(this);
    }

    /** What waits for something that is not known yet. */
    public ParkingService parking() {
        return new ParkingService(this);
    }

    /** What was paid of orders. */
    public PaymentService payments() {
        return new PaymentService(this);
    }

    /** Units held for carts. */
    public ReservationService reservations() {
        return new ReservationService(this);
    }

    /** Goods on their way back. */
    public ReturnService returns() {
        return new ReturnService(this);
    }

    /** What the server is, and who the caller is to it. */
    public ServerInfoService serverInfo() {
        return new ServerInfoService(this);
    }

    /** Goods that leave. */
    public ShipmentService shipments() {
        return new ShipmentService(this);
    }

    /** What lies where, and what may be sold. */
    public StockService stock() {
        return new StockService(this);
    }

    /** A single call: the same bytes until it is done, or saying them again does not help, or they were said often enough. */
    <Q extends Message, A extends Message> A call(MethodDescriptor<Q, A> method, Q request) {
        byte[] bytes = Requests.encode(request);
        Duration given = deadline != null ? deadline : Requests.waits(request) ? DEADLINE_OF_WAITING : DEADLINE;
        for (int failures = 1; ; failures++) {
            try {
                CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(given.toNanos(), TimeUnit.NANOSECONDS);
                return ClientCalls.blockingUnaryCall(awake(), Methods.encoded(method), options, bytes);
            } catch (StatusRuntimeException cause) {
                StatusRuntimeException failure = Refusal.of(cause);
                Duration wait = waits.after(failure, failures);
                if (wait == null || failures == Waits.ATTEMPTS_MAX || isOver(wait)) {
                    throw failure;
                }
                waits.pause(wait, new CountDownLatch(1));
            }
        }
    }

    /** A stream that the caller speaks in, too; it is not repeated. */
    <Q, A> StreamObserver<Q> speak(MethodDescriptor<Q, A> method, StreamObserver<A> answers) {
        return ClientCalls.asyncBidiStreamingCall(channel.newCall(method, CallOptions.DEFAULT), Refusal.told(answers));
    }

    /**
     * The channel, which tries the line at once if it is broken: its own waits before it connects again may be longer than ours,
     * and the attempts of a call would be over before them.
     */
    Channel awake() {
        if (line.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
            line.enterIdle();
        }
        return channel;
    }

    Waits waits() {
        return waits;
    }

    /** Who has no time left hears why it failed, not that time is over. */
    private static boolean isOver(Duration wait) {
        Deadline end = Context.current().getDeadline();
        return end != null && end.timeRemaining(TimeUnit.NANOSECONDS) < wait.toNanos();
    }

    private static Channel authorized(ManagedChannel line, String token) {
        if (token.isEmpty()) {
            return line;
        }
        if (!token.chars().allMatch(it -> ' ' < it && it <= '~')) {
            throw new IllegalArgumentException("this is not a token: it has other than visible ASCII characters");
        }
        Metadata headers = new Metadata();
        headers.put(AUTHORIZATION, "Bearer " + token);
        return ClientInterceptors.intercept(line, MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    /** Asks whether somebody is there. Any answer is a good one: health is for those who balance loads. */
    private void reach(String address) {
        try {
            call(HEALTH, Empty.getDefaultInstance());
        } catch (Refusal answer) {
            return;
        } catch (StatusRuntimeException cause) {
            Status.Code code = cause.getStatus().getCode();
            if (code == Status.Code.UNAVAILABLE || code == Status.Code.DEADLINE_EXCEEDED || code == Status.Code.CANCELLED) {
                String why = cause.getStatus().getDescription() + (cause.getCause() == null ? "" : ": " + cause.getCause().getMessage());
                if (why.contains("not an SSL/TLS record")) {
                    why += " (does it speak plain text? then its address is http://…)";
                }
                throw Status.fromCode(code).withDescription("nobody answers at " + address + ": " + why).withCause(cause).asRuntimeException();
            }
        }
    }

    /** How to open a connection. */
    public static final class Builder {
        private final String address;
        private String token = "";
        private Path authorities;
        private ChannelCredentials credentials;
        private Duration deadline;
        private Waits waits = new Waits();

        private Builder(String address) {
            this.address = address;
        }

        /** The token of the system that speaks; without, it is nobody. */
        public Builder token(String token) {
            if (token == null || token.isEmpty()) {
                throw new IllegalArgumentException("no token was given (is the variable set?)");
            }
            this.token = token;
            return this;
        }

        /** Trusts the authorities in a file of PEM certificates instead of the system's. */
        public Builder authorities(Path file) {
            this.authorities = file;
            return this;
        }

        /** TLS as grpc-java configures it: with a certificate of the client's own, say. */
        public Builder credentials(ChannelCredentials credentials) {
            this.credentials = credentials;
            return this;
        }

        /** See {@link Connection#withDeadline}. */
        public Builder deadline(Duration deadline) {
            this.deadline = deadline;
            return this;
        }

        Builder waits(Waits waits) {
            this.waits = waits;
            return this;
        }

        /** Connects. */
        public Connection open() {
            URI parts = parts();
            boolean secured = parts.getScheme().equals("https");
            int port = parts.getPort() >= 0 ? parts.getPort() : secured ? 443 : 80;
            ManagedChannel line = Grpc.newChannelBuilderForAddress(parts.getHost(), port, secured ? security() : plain(parts))
                    .keepAliveTime(20, TimeUnit.SECONDS)
                    .keepAliveTimeout(10, TimeUnit.SECONDS)
                    .keepAliveWithoutCalls(true)
                    .maxInboundMessageSize(ANSWER_BYTES_MAX)
                    .userAgent("erpsync-java")
                    // What is safe to repeat is known here, and to no service config.
                    .disableRetry()
                    .disableServiceConfigLookUp()
                    .build();
            try {
                Connection connection = new Connection(line, authorized(line, token), waits, deadline);
                connection.reach(address);
                return connection;
            } catch (RuntimeException cause) {
                line.shutdownNow();
                throw cause;
            }
        }

        private URI parts() {
            try {
                URI it = new URI(address);
                boolean known = "http".equals(it.getScheme()) || "https".equals(it.getScheme());
                if (known && it.getHost() != null && it.getPath().replace("/", "").isEmpty()) {
                    return it;
                }
            } catch (URISyntaxException cause) {
                // Said below.
            }
            throw new IllegalArgumentException(
                    "\"" + address + "\" is no address; one looks like https://erpsync.example or http://127.0.0.1:7443");
        }

        private ChannelCredentials plain(URI parts) {
            if (authorities != null || credentials != null) {
                throw new IllegalArgumentException(address + " is plain text; with TLS it is https://" + parts.getAuthority());
            }
            return InsecureChannelCredentials.create();
        }

        private ChannelCredentials security() {
            if (credentials != null) {
                return credentials;
            }
            TlsChannelCredentials.Builder tls = TlsChannelCredentials.newBuilder();
            if (authorities != null) {
                try {
                    tls.trustManager(authorities.toFile());
                } catch (IOException cause) {
                    throw new IllegalArgumentException("cannot read the authorities in " + authorities, cause);
                }
            }
            return tls.build();
        }
    }
}
