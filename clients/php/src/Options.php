<?php

declare(strict_types=1);

namespace Erpsync;

use Closure;

/** What an application may want otherwise. */
final class Options
{
    /**
     * @param string|null $authorities A file with the authorities that servers are trusted for, in PEM;
     *     null: the system's.
     * @param int $attempts How often a call is made at most, where making it again is safe and may help.
     * @param float|null $silence How many seconds a watch hears nothing before it takes its line for broken;
     *     null: three times the interval of its heartbeats.
     * @param (Closure(Failure, float): void)|null $onRetry Told why a call is made again, or a watch resumed,
     *     and the seconds until then: for a log.
     * @param Closure(float): void|null $wait Waits so many seconds; null: sleeps.
     */
    public function __construct(
        public readonly ?string $authorities = null,
        public readonly int $attempts = 5,
        public readonly ?float $silence = null,
        public readonly ?Closure $onRetry = null,
        public readonly ?Closure $wait = null,
    ) {
    }
}
