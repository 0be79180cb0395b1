<?php

declare(strict_types=1);

namespace Erpsync;

use DateTimeImmutable;
use DateTimeInterface;
use DateTimeZone;
use InvalidArgumentException;
use Stringable;

/**
 * An instant, to the nanosecond. PHP's own times end at microseconds, and what the server told is kept as it is:
 * so whoever sends a time back sends the same.
 */
final class Timestamp implements Stringable
{
    private const FIRST = -62135596800;
    private const LAST = 253402300799;

    /**
     * @param int $seconds Since 1970 in UTC; of the years 1 to 9999.
     * @param int $nanos From there on: 0 to 999,999,999.
     */
    public function __construct(public readonly int $seconds, public readonly int $nanos = 0)
    {
        if ($seconds < self::FIRST || $seconds > self::LAST || $nanos < 0 || $nanos > 999_999_999) {
            throw new InvalidArgumentException("$seconds s and $nanos ns are no instant of the years 1 to 9999");
        }
    }

    /** The same instant, to the microsecond. */
    public static function of(DateTimeInterface $time): self
    {
        return new self($time->getTimestamp(), (int) $time->format('u') * 1000);
    }

    /** The same instant in UTC, cut to the microsecond. */
    public function toDateTime(): DateTimeImmutable
    {
        $text = gmdate('Y-m-d H:i:s', $this->seconds) . sprintf('.%06d', intdiv($this->nanos, 1000));
        return new DateTimeImmutable($text, new DateTimeZone('UTC'));
    }

    /** As the wire has it: `2026-11-25T23:53:54.943733762Z`; null: it is none. */
    public static function tryParse(mixed $text): ?self
    {
        $pattern = '/^([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.([0-9]{1,9}))?(Z|[+-][0-9]{2}:[0-9]{2})$/D';
        if (!is_string($text) || !preg_match($pattern, $text, $part)) {
            return null;
        }
        [, $year, $month, $day, $time, $fraction, $zone] = $part;
        $whole = DateTimeImmutable::createFromFormat('!Y-m-d\TH:i:sP', "$year-$month-{$day}T$time$zone");
        // PHP takes the 30th of February for the 2nd of March, and 25:00 for the next day.
        if (!$whole || $whole->format('Y-m-d\TH:i:s') !== "$year-$month-{$day}T$time") {
            return null;
        }
        $seconds = $whole->getTimestamp();
        $nanos = (int) str_pad($fraction, 9, '0');
        return $seconds < self::FIRST || $seconds > self::LAST ? null : new self($seconds, $nanos);
    }

    /** With as many digits after the point as it needs: 0, 3, 6 or 9. */
    public function __toString(): string
    {
        return gmdate('Y-m-d\TH:i:s', $this->seconds) . Duration::fraction($this->nanos) . 'Z';
    }
}
