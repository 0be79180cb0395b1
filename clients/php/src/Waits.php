<?php

declare(strict_types=1);

namespace Erpsync;

/** The waits between attempts: longer each time, and each a little different, so that not all come back at once. */
final class Waits
{
    private const FIRST_SECONDS = 0.1;
    private const LAST_SECONDS = 5.0;
    /** The longest that is waited because the server says so. */
    private const GIVEN_SECONDS_MAX = 30.0;

    private int $failures = 0;

    public function __construct(private readonly Options $options)
    {
    }

    /** Begins anew. */
    public function reset(): void
    {
        $this->failures = 0;
    }

    /** Waits as long as the server asks for, else a little longer than the last time. */
    public function after(Failure $failure): void
    {
        $seconds = $failure->retryDelay() ?? self::next($this->failures, mt_rand() / mt_getrandmax());
        $this->failures++;
        $seconds = min($seconds, self::GIVEN_SECONDS_MAX);
        if ($this->options->onRetry !== null) {
            ($this->options->onRetry)($failure, $seconds);
        }
        $this->wait($seconds);
    }

    /** The wait after so many others, with some chance of 0 to 1. */
    public static function next(int $failures, float $chance): float
    {
        $seconds = min(self::FIRST_SECONDS * 2 ** min($failures, 10), self::LAST_SECONDS);
        return $seconds * (1 - $chance / 2);
    }

    private function wait(float $seconds): void
    {
        if ($this->options->wait !== null) {
            ($this->options->wait)($seconds);
        } else {
            usleep((int) ($seconds * 1e6));
        }
    }
}
