<?php

declare(strict_types=1);

namespace Erpsync;

use Erpsync\V1\WatchStart;
use Generator;

/**
 * A watch without end. What it needs of its messages all streams of changes have: a request has a `start`, a
 * message has a `resumeToken` and may be `goingAway`.
 */
final class Watch
{
    private const HEARTBEAT_SECONDS = 10.0;

    public function __construct(private readonly Connection $connection, private readonly Options $options)
    {
    }

    /**
     * @template Answer of Message
     * @param class-string<Answer> $answer
     * @return Generator<int, Answer>
     * @throws Failure Where no waiting mends it.
     */
    public function follow(string $method, Message $request, string $answer): Generator
    {
        $request = clone $request;
        $waits = new Waits($this->options);
        while (true) {
            try {
                foreach ($this->connection->stream($method, $request, $answer) as $message) {
                    $waits->reset();
                    yield $message;
                    $request->start = self::after($message->resumeToken, $request->start);
                    if ($message->goingAway !== null) {
                        throw self::gone($message->goingAway->retryDelay);
                    }
                }
                // A watch has no end: one that ends without a word goes on elsewhere.
                throw self::gone(null);
            } catch (Failure $failure) {
                $mayResume = $failure instanceof Refusal ? $failure->mayResume() : $failure->mayRetry();
                if (!$mayResume) {
                    throw $failure;
                }
                $waits->after($failure);
            }
        }
    }

    /** After how many seconds without a word a line is broken. */
    public static function silence(?WatchStart $start): float
    {
        $heartbeat = $start?->heartbeatInterval?->toSeconds() ?? self::HEARTBEAT_SECONDS;
        return 3 * max(1.0, $heartbeat);
    }

    /** The same start, but after the message with that token. */
    private static function after(string $token, ?WatchStart $start): ?WatchStart
    {
        return $token === '' ? $start : new WatchStart(
            resumeToken: $token,
            heartbeatInterval: $start?->heartbeatInterval,
            onExpired: $start?->onExpired ?? V1\OnExpired::DEFAULT,
        );
    }

    private static function gone(?Duration $delay): Refusal
    {
        return new Refusal(Code::Unavailable, '', 'the server goes away', retryDelay: $delay?->toSeconds());
    }
}
