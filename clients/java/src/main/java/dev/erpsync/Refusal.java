package dev.erpsync;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.erpsync.v1.Reason;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The server's answer that something was not done, and why. Decide by the reason, show the message.
 *
 * <pre>{@code
 * } catch (Refusal why) {
 *     if (why.because(Reason.REASON_INSUFFICIENT_STOCK)) {
 * }</pre>
 */
public final class Refusal extends StatusRuntimeException {
    private static final long serialVersionUID = 1;

    private final transient ErrorInfo info;
    private final transient List<Field> fields = new ArrayList<>();
    private transient Duration retryAfter;

    private Refusal(StatusRuntimeException cause, ErrorInfo info, com.google.rpc.Status told) throws InvalidProtocolBufferException {
        super(cause.getStatus(), cause.getTrailers());
        this.info = info;
        for (Any detail : told.getDetailsList()) {
            if (detail.is(BadRequest.class)) {
                for (BadRequest.FieldViolation it : detail.unpack(BadRequest.class).getFieldViolationsList()) {
                    fields.add(new Field(it.getField(), it.getDescription()));
                }
            } else if (detail.is(RetryInfo.class)) {
                var delay = detail.unpack(RetryInfo.class).getRetryDelay();
                retryAfter = Duration.ofSeconds(delay.getSeconds(), delay.getNanos());
            }
        }
    }

    /** One meaning for each: what the caller should do, roughly. */
    public Status.Code code() {
        return getStatus().getCode();
    }

    /**
     * As documented in error.proto, without its prefix: {@code INSUFFICIENT_STOCK}. Also one that this client does not know
     * yet.
     */
    public String reason() {
        return info.getReason();
    }

    /** Whether this is the reason. */
    public boolean because(Reason reason) {
        return reason.name().equals("REASON_" + reason());
    }

    /** For people. */
    public String text() {
        String told = getStatus().getDescription() == null ? "" : getStatus().getDescription();
        return because(Reason.REASON_TOKEN_INVALID) ? told + " (is it of another server or environment? see `Five minutes` in the README)" : told;
    }

    /** The facts that the reason's documentation names. */
    public Map<String, String> metadata() {
        return info.getMetadataMap();
    }

    /** Every field at fault, where fields are. */
    public List<Field> fields() {
        return List.copyOf(fields);
    }

    /** How long to wait before saying the same again. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** Code, reason and text in a line. */
    @Override
    public String getMessage() {
        return code() + " " + reason() + ": " + text();
    }

    /** The refusal that a failure is, or the failure itself: of what is called with grpc-java's own stubs. */
    public static StatusRuntimeException of(StatusRuntimeException failure) {
        com.google.rpc.Status told = StatusProto.fromThrowable(failure);
        if (told == null || failure instanceof Refusal) {
            return failure;
        }
        try {
            for (Any detail : told.getDetailsList()) {
                if (detail.is(ErrorInfo.class) && detail.unpack(ErrorInfo.class).getDomain().equals("erpsync")) {
                    return new Refusal(failure, detail.unpack(ErrorInfo.class), told);
                }
            }
        } catch (InvalidProtocolBufferException damaged) {
            failure.addSuppressed(damaged);
        }
        return failure;
    }

    /** An observer that is told refusals. */
    static <A> StreamObserver<A> told(StreamObserver<A> answers) {
        return new StreamObserver<>() {
            @Override
            public void onNext(A answer) {
                answers.onNext(answer);
            }

            @Override
            public void onError(Throwable cause) {
                if (cause instanceof StatusException) {
                    cause = ((StatusException) cause).getStatus().asRuntimeException(((StatusException) cause).getTrailers());
                }
                answers.onError(cause instanceof StatusRuntimeException ? of((StatusRuntimeException) cause) : cause);
            }

            @Override
            public void onCompleted() {
                answers.onCompleted();
            }
        };
    }

    /** A field of a request that is at fault. */
    public static final class Field {
        private final String path;
        private final String description;

        Field(String path, String description) {
            this.path = path;
            this.description = description;
        }

        /** As in the request: {@code lines[0].quantity}. */
        public String path() {
            return path;
        }

        /** What is wrong with it. */
        public String description() {
            return description;
        }

        @Override
        public String toString() {
            return path + ": " + description;
        }
    }
}
