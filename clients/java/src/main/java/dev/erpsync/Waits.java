package dev.erpsync;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** How long to wait before the same is said again. Tests wait for nothing, and leave nothing to chance. */
class Waits {
    static final int ATTEMPTS_MAX = 5;
    private static final Duration MIN = Duration.ofMillis(100);
    private static final Duration MAX = Duration.ofSeconds(5);
    /** The longest that is waited because the server says so. */
    private static final Duration GIVEN_MAX = Duration.ofSeconds(30);

    /** Null where saying the same again does not help. */
    final Duration after(StatusRuntimeException failure, int failures) {
        boolean refused = failure instanceof Refusal;
        Duration given = refused ? ((Refusal) failure).retryAfter().orElse(Duration.ZERO) : Duration.ZERO;
        boolean helps;
        switch (failure.getStatus().getCode()) {
            case UNAVAILABLE: // also a line that broke, or was never there
                helps = true;
                break;
            case UNKNOWN: // so grpc-java calls it where the line broke while something was written
                helps = !refused && failure.getStatus().getCause() instanceof ClosedChannelException;
                break;
            case DEADLINE_EXCEEDED: // of the server: our own has no reason
                helps = refused;
                break;
            case RESOURCE_EXHAUSTED:
                helps = !given.isZero();
                break;
            default:
                helps = false;
        }
        return helps ? given(given, failures) : null;
    }

    /** As the server says; where it says nothing, as often as it has failed. */
    final Duration given(Duration given, int failures) {
        if (given.isZero() || given.isNegative()) {
            return backOff(failures);
        }
        return given.compareTo(GIVEN_MAX) < 0 ? given : GIVEN_MAX;
    }

    /**
     * 100 ms, 200 ms, 400 ms … 5 s, each shortened by chance by up to a half, so that many who lost the same server do not all
     * come back at the same moment.
     */
    final Duration backOff(int failures) {
        // The shift stays far below what a long holds.
        long whole = failures > 6 ? MAX.toNanos() : Math.min(MIN.toNanos() << (failures - 1), MAX.toNanos());
        return Duration.ofNanos(whole - (long) (chance() * whole / 2));
    }

    /** From 0 up to 1. */
    double chance() {
        return ThreadLocalRandom.current().nextDouble();
    }

    /** Waits, unless it is over before. */
    void pause(Duration wait, CountDownLatch over) {
        try {
            over.await(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException cause) {
            Thread.currentThread().interrupt();
            throw Status.CANCELLED.withDescription("interrupted while waiting to say the same again").withCause(cause).asRuntimeException();
        }
    }
}
