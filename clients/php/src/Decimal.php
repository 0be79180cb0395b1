<?php

declare(strict_types=1);

namespace Erpsync;

use InvalidArgumentException;

/**
 * Quantities and money: strings with at most 12 digits before the point and 6 after it. Reckon with them as whole
 * millionths, which 64 bits hold exactly; a float cannot even hold 0.1.
 */
final class Decimal
{
    private const PATTERN = '/^-?(0|[1-9][0-9]{0,11})(\.[0-9]{1,6})?$/D';
    private const MILLION = 1_000_000;
    private const MOST = 999_999_999_999_999_999;

    /** Whether the server takes it. */
    public static function isValid(string $text): bool
    {
        // There is no less than nothing of nothing.
        return preg_match(self::PATTERN, $text) === 1 && preg_match('/^-0(\.0+)?$/D', $text) === 0;
    }

    /**
     * The same text, if it is one. A float is none, and is taken here to be refused: without `strict_types` PHP would make
     * a whole number of it silently, of 2.5 units 2.
     *
     * @throws InvalidArgumentException
     */
    public static function of(int|float|string $text): string
    {
        if (is_float($text)) {
            throw new InvalidArgumentException("$text is a float, which cannot hold decimals exactly: write it as text, '$text'");
        }
        return self::isValid((string) $text)
            ? (string) $text
            : throw new InvalidArgumentException("\"$text\" is no decimal: at most 12 digits before the point and 6 after it");
    }

    /** `1.5` as 1500000. */
    public static function toMillionths(string $text): int
    {
        [$whole, $fraction] = explode('.', self::of($text)) + [1 => ''];
        $digits = ltrim($whole, '-') . str_pad($fraction, 6, '0');
        return $text[0] === '-' ? -(int) $digits : (int) $digits;
    }

    /** 1500000 as `1.5`. */
    public static function ofMillionths(int $millionths): string
    {
        if (abs($millionths) > self::MOST) {
            throw new InvalidArgumentException("$millionths millionths have more than 12 digits before the point");
        }
        $text = (string) intdiv(abs($millionths), self::MILLION);
        $fraction = rtrim(sprintf('%06d', abs($millionths) % self::MILLION), '0');
        return ($millionths < 0 ? '-' : '') . $text . ($fraction === '' ? '' : ".$fraction");
    }

    /** -1, 0 or 1, by value: `1.5` is `1.50`. */
    public static function compare(string $one, string $other): int
    {
        return self::toMillionths($one) <=> self::toMillionths($other);
    }
}
