<?php

declare(strict_types=1);

namespace Erpsync;

use Erpsync\Json\Json;
use Erpsync\Json\Reader;
use Generator;
use SensitiveParameter;

/** Calls of one server: made again where that is safe, with the same bytes. */
final class Connection
{
    public function __construct(private readonly Http $http, private readonly Options $options)
    {
    }

    /** The same server, in the name of another system. */
    public function with(#[SensitiveParameter] string $token): self
    {
        return new self($this->http->with($token), $this->options);
    }

    /**
     * @template Answer of Message
     * @param class-string<Answer> $answer
     * @return Answer
     * @throws Failure
     */
    public function call(string $method, Message $request, string $answer, float $timeout): Message
    {
        $body = self::identified($request)->toJson();
        $waits = new Waits($this->options);
        for ($attempt = 1;; $attempt++) {
            try {
                return $answer::fromJson($this->http->call($method, $body, $timeout));
            } catch (Failure $failure) {
                if (!$failure->mayRetry() || $attempt >= $this->options->attempts) {
                    throw $failure;
                }
                $waits->after($failure);
            }
        }
    }

    /**
     * A stream as it is; ends where the server ends it.
     *
     * @template Answer of Message
     * @param class-string<Answer> $answer
     * @return Generator<int, Answer>
     * @throws Failure
     */
    public function stream(string $method, Message $request, string $answer): Generator
    {
        $silence = $this->options->silence ?? Watch::silence($request->start ?? null);
        foreach ($this->http->lines($method, $request->toJson(), $silence) as $line) {
            $json = Json::decode($line);
            // The last line says how it ended.
            if (isset($json->error)) {
                throw Refusal::read($json->error);
            }
            if (isset($json->end)) {
                return;
            }
            yield $answer::read(Reader::of($json));
        }
        throw new ConnectionLost("the line of $method was cut off");
    }

    /**
     * A stream that goes on after its last message, whatever happens to the line.
     *
     * @template Answer of Message
     * @param class-string<Answer> $answer
     * @return Generator<int, Answer>
     * @throws Failure
     */
    public function watch(string $method, Message $request, string $answer): Generator
    {
        return (new Watch($this, $this->options))->follow($method, $request, $answer);
    }

    /** A write without an identity gets one; the caller's own object stays without, because it may say other things next. */
    private static function identified(Message $request): Message
    {
        if (($request->requestId ?? null) !== '') {
            return $request;
        }
        $request = clone $request;
        $bytes = random_bytes(16);
        // A UUID of version 4 is made by chance.
        $bytes[6] = chr(ord($bytes[6]) & 0x0f | 0x40);
        $bytes[8] = chr(ord($bytes[8]) & 0x3f | 0x80);
        $request->requestId = vsprintf('%s%s-%s-%s-%s-%s%s%s', str_split(bin2hex($bytes), 4));
        return $request;
    }
}
