<?php

declare(strict_types=1);

namespace Erpsync;

use Erpsync\V1\FieldViolation;

/**
 * The details of a refusal: three messages of `google.rpc`, which travel as bytes of protobuf, whatever the
 * answer is written in. What is damaged is left out: the code and the message are there all the same.
 */
final class Details
{
    private int $at = 0;

    private function __construct(private readonly string $bytes)
    {
    }

    /** @return array{string, array<string, string>} The reason and its metadata. */
    public static function errorInfo(string $bytes): array
    {
        $reason = '';
        $metadata = [];
        foreach (self::fields($bytes) as [$number, $value]) {
            if ($number === 1) {
                $reason = (string) $value;
            } elseif ($number === 3) {
                $entry = self::texts((string) $value);
                $metadata[$entry[1] ?? ''] = $entry[2] ?? '';
            }
        }
        return [$reason, $metadata];
    }

    /** @return list<FieldViolation> */
    public static function badRequest(string $bytes): array
    {
        $violations = [];
        foreach (self::fields($bytes) as [$number, $value]) {
            if ($number === 1) {
                $violation = self::texts((string) $value);
                $violations[] = new FieldViolation($violation[1] ?? '', $violation[2] ?? '');
            }
        }
        return $violations;
    }

    /** In seconds; null where it says nothing. */
    public static function retryInfo(string $bytes): ?float
    {
        foreach (self::fields($bytes) as [$number, $value]) {
            if ($number === 1) {
                $duration = self::texts((string) $value);
                return (int) ($duration[1] ?? 0) + (int) ($duration[2] ?? 0) / 1e9;
            }
        }
        return null;
    }

    /** @return array<int, int|string> The fields of a message that has each once. */
    private static function texts(string $bytes): array
    {
        return array_column(self::fields($bytes), 1, 0);
    }

    /** @return list<array{int, int|string}> The number and the value of each field. */
    private static function fields(string $bytes): array
    {
        $in = new self($bytes);
        $fields = [];
        while ($in->at < strlen($bytes)) {
            $tag = $in->varint();
            $value = match ($tag & 7) {
                0 => $in->varint(),
                1 => $in->take(8),
                2 => $in->take($in->varint()),
                5 => $in->take(4),
                default => null,
            };
            if ($value === null) {
                return $fields;
            }
            $fields[] = [$tag >> 3, $value];
        }
        return $fields;
    }

    private function varint(): int
    {
        $value = 0;
        for ($shift = 0; $shift < 64; $shift += 7) {
            $byte = ord($this->bytes[$this->at++] ?? "\0");
            $value |= ($byte & 0x7f) << $shift;
            if ($byte < 0x80) {
                break;
            }
        }
        return $value;
    }

    private function take(int $length): ?string
    {
        if ($length < 0 || $length > strlen($this->bytes) - $this->at) {
            return null;
        }
        $this->at += $length;
        return substr($this->bytes, $this->at - $length, $length);
    }
}
