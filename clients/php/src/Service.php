<?php

declare(strict_types=1);

namespace Erpsync;

use Generator;

/**
 * What generated services are made of.
 *
 * @internal
 */
abstract class Service
{
    public function __construct(private readonly Connection $connection)
    {
    }

    /**
     * @template Answer of Message
     * @param class-string<Answer> $answer
     * @return Answer
     */
    protected function call(string $method, Message $request, string $answer, float $timeout): Message
    {
        return $this->connection->call($method, $request, $answer, $timeout);
    }

    /**
     * @template Answer of Message
     * @param class-string<Answer> $answer
     * @return Generator<int, Answer>
     */
    protected function stream(string $method, Message $request, string $answer): Generator
    {
        return $this->connection->stream($method, $request, $answer);
    }

    /**
     * @template Answer of Message
     * @param class-string<Answer> $answer
     * @return Generator<int, Answer>
     */
    protected function watch(string $method, Message $request, string $answer): Generator
    {
        return $this->connection->watch($method, $request, $answer);
    }
}
