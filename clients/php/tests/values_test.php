<?php

declare(strict_types=1);

namespace Erpsync\Tests;

use DateTimeImmutable;
use Erpsync\Decimal;
use Erpsync\Duration;
use Erpsync\Timestamp;
use InvalidArgumentException;

test('times keep all their digits', function (): void {
    foreach (
        [
            '2026-11-25T23:53:54Z' => [1795650834, 0],
            '2026-11-25T23:53:54.943Z' => [1795650834, 943000000],
            '2026-11-25T23:53:54.005Z' => [1795650834, 5000000],
            '2026-11-25T23:53:54.943733Z' => [1795650834, 943733000],
            '2026-11-25T23:53:54.943733762Z' => [1795650834, 943733762],
            '2026-11-25T23:53:54.000000001Z' => [1795650834, 1],
            '1969-12-31T23:59:59.500Z' => [-1, 500000000],
            '0001-01-01T00:00:00Z' => [-62135596800, 0],
            '0099-01-01T00:00:00Z' => [-59042995200, 0],
            '9999-12-31T23:59:59.999999999Z' => [253402300799, 999999999],
            '2024-02-29T00:00:00Z' => [1709164800, 0],
        ] as $text => [$seconds, $nanos]
    ) {
        $time = Timestamp::tryParse($text);
        same([$seconds, $nanos], [$time->seconds, $time->nanos], $text);
        same($text, (string) $time);
    }
    same('2026-11-25T23:53:54.100Z', (string) Timestamp::tryParse('2026-11-26T01:53:54.1+02:00'));
});

test('what is no time', function (): void {
    foreach (
        [
            '', '2026-11-25', '2026-11-25T23:53:54', '2026-11-25 23:53:54Z', '2026-02-30T00:00:00Z', '2026-13-01T00:00:00Z',
            '2026-11-25T25:00:00Z', '2026-11-25T23:53:60Z', '2026-11-25T23:53:54.Z', '2026-11-25T23:53:54.1234567890Z',
            '0000-12-31T23:59:59Z', '10000-01-01T00:00:00Z', "2026-11-25T23:53:54Z\n", 1795650834, null,
        ] as $bad
    ) {
        same(null, Timestamp::tryParse($bad), json_encode($bad));
    }
    thrown(InvalidArgumentException::class, fn () => new Timestamp(0, 1_000_000_000));
    thrown(InvalidArgumentException::class, fn () => new Timestamp(253402300800));
});

test('times and those of PHP', function (): void {
    same('2026-11-25T22:53:54.943733Z', (string) Timestamp::of(new DateTimeImmutable('2026-11-25T23:53:54.943733+01:00')));
    same('1969-12-31T23:59:59.500Z', (string) Timestamp::of(new DateTimeImmutable('1969-12-31T23:59:59.5Z')));
    foreach (['2026-11-25T23:53:54.943733762Z', '1969-12-31T23:59:59.500000999Z'] as $text) {
        $cut = substr($text, 0, 26);
        same($cut, Timestamp::tryParse($text)->toDateTime()->format('Y-m-d\TH:i:s.u'));
    }
});

test('lengths of time', function (): void {
    foreach (
        [
            '0s' => [0, 0], '10s' => [10, 0], '0.500s' => [0, 500000000], '-0.500s' => [0, -500000000],
            '-1.000000001s' => [-1, -1], '1.000001s' => [1, 1000], '315576000000s' => [315576000000, 0],
        ] as $text => [$seconds, $nanos]
    ) {
        $length = Duration::tryParse($text);
        same([$seconds, $nanos], [$length->seconds, $length->nanos], $text);
        same($text, (string) $length);
    }
    same('1.500s', (string) Duration::tryParse('1.5s'));
    same(['1.500s', '-0.250s', '10s'], array_map(fn ($it) => (string) Duration::ofSeconds($it), [1.5, -0.25, 10]));
    same(-1.5, Duration::tryParse('-1.5s')->toSeconds());
    foreach (['', '1', 's', '1.s', '.5s', '1e3s', '1.1234567890s', '315576000001s', "1s\n", 1, null] as $bad) {
        same(null, Duration::tryParse($bad), json_encode($bad));
    }
    thrown(InvalidArgumentException::class, fn () => new Duration(1, -1));
    thrown(InvalidArgumentException::class, fn () => Duration::ofSeconds(NAN));
});

test('decimals that the server takes', function (): void {
    foreach (['0', '5', '-5', '2.5', '9.95', '0.000001', '-0.5', '999999999999.999999', '1.50', '0.0'] as $good) {
        same($good, Decimal::of($good));
    }
    foreach (
        ['', '-', '.5', '5.', '05', '+5', '-0', '-0.00', '1e3', '1,5', ' 5', "5\n", '1000000000000', '0.0000001', 'NaN', '٣'] as $bad
    ) {
        same(false, Decimal::isValid($bad), $bad);
        thrown(InvalidArgumentException::class, fn () => Decimal::of($bad));
    }
    same('5', Decimal::of(5));
    same('"1e3" is no decimal: at most 12 digits before the point and 6 after it', thrown(
        InvalidArgumentException::class,
        fn () => Decimal::of('1e3'),
    )->getMessage());
});

test('a float is no decimal, also for whoever is not strict', function (): void {
    $why = thrown(InvalidArgumentException::class, fn () => Decimal::of(2.5))->getMessage();
    same("2.5 is a float, which cannot hold decimals exactly: write it as text, '2.5'", $why);
    foreach (['2.5', '2.0', '0.1 + 0.2', '1e21', 'NAN'] as $float) {
        // Evaluated code declares for itself, and this declares nothing.
        thrown(InvalidArgumentException::class, fn () => eval("return Erpsync\\Decimal::of($float);"));
    }
});

test('decimals as whole millionths, and by value', function (): void {
    foreach (
        [
            '0' => 0, '1.5' => 1_500_000, '-0.000001' => -1, '-12.34' => -12_340_000,
            '999999999999.999999' => 999_999_999_999_999_999, '-999999999999.999999' => -999_999_999_999_999_999,
        ] as $text => $millionths
    ) {
        same($millionths, Decimal::toMillionths((string) $text));
        same((string) $text, Decimal::ofMillionths($millionths));
    }
    thrown(InvalidArgumentException::class, fn () => Decimal::ofMillionths(1_000_000_000_000_000_000));
    same([0, -1, 1], [Decimal::compare('1.5', '1.50'), Decimal::compare('-2', '1'), Decimal::compare('0.1', '0.09')]);
    same('0.3', Decimal::ofMillionths(Decimal::toMillionths('0.1') + Decimal::toMillionths('0.2')));
});
