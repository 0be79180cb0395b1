<?php

declare(strict_types=1);

namespace Erpsync;

use InvalidArgumentException;
use Stringable;

/** A length of time, to the nanosecond. */
final class Duration implements Stringable
{
    /** Some 10,000 years. */
    private const MOST = 315_576_000_000;

    /**
     * @param int $seconds Of one sign with the nanoseconds.
     * @param int $nanos -999,999,999 to 999,999,999.
     */
    public function __construct(public readonly int $seconds, public readonly int $nanos = 0)
    {
        $is_one_sign = $seconds === 0 || $nanos === 0 || $seconds < 0 === $nanos < 0;
        if (abs($seconds) > self::MOST || abs($nanos) > 999_999_999 || !$is_one_sign) {
            throw new InvalidArgumentException("$seconds s and $nanos ns are no length of time");
        }
    }

    /** Of seconds, rounded to the microsecond. */
    public static function ofSeconds(int|float $seconds): self
    {
        if (!(abs($seconds) <= self::MOST)) {
            throw new InvalidArgumentException("$seconds s are no length of time");
        }
        $micros = (int) round($seconds * 1e6);
        return new self(intdiv($micros, 1_000_000), $micros % 1_000_000 * 1000);
    }

    /** In seconds, as exactly as a float can. */
    public function toSeconds(): float
    {
        return $this->seconds + $this->nanos / 1e9;
    }

    /** As the wire has it: `1.5s`; null: it is none. */
    public static function tryParse(mixed $text): ?self
    {
        if (!is_string($text) || !preg_match('/^(-?)([0-9]{1,12})(?:\.([0-9]{1,9}))?s$/D', $text, $part)) {
            return null;
        }
        $sign = $part[1] === '-' ? -1 : 1;
        $seconds = (int) $part[2];
        $nanos = (int) str_pad($part[3] ?? '', 9, '0');
        return $seconds > self::MOST ? null : new self($sign * $seconds, $sign * $nanos);
    }

    /** With as many digits after the point as it needs: 0, 3, 6 or 9. */
    public function __toString(): string
    {
        $sign = $this->seconds < 0 || $this->nanos < 0 ? '-' : '';
        return $sign . abs($this->seconds) . self::fraction(abs($this->nanos)) . 's';
    }

    /** @internal `.5` as `.500`, nothing as nothing. */
    public static function fraction(int $nanos): string
    {
        $digits = sprintf('%09d', $nanos);
        return match (true) {
            $nanos === 0 => '',
            $nanos % 1_000_000 === 0 => '.' . substr($digits, 0, 3),
            $nanos % 1_000 === 0 => '.' . substr($digits, 0, 6),
            default => ".$digits",
        };
    }
}
