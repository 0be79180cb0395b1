<?php

declare(strict_types=1);

namespace Erpsync\Json;

use BackedEnum;
use Erpsync\Duration;
use Erpsync\Message;
use Erpsync\Timestamp;
use Erpsync\Unwritable;
use stdClass;

/**
 * Writes one message as proto3 JSON. What has its default is left out.
 *
 * @internal for generated classes
 */
final class Writer
{
    /** @var array<string, mixed> */
    private array $json = [];

    public function written(): stdClass
    {
        return (object) $this->json;
    }

    public function one(string $name, mixed $value, mixed $default, string $kind): void
    {
        if ($value !== $default) {
            $this->json[$name] = self::value($name, $value, $kind);
        }
    }

    public function optional(string $name, mixed $value, string $kind): void
    {
        if ($value !== null) {
            $this->json[$name] = self::value($name, $value, $kind);
        }
    }

    /** @param array<mixed> $values */
    public function many(string $name, array $values, string $kind): void
    {
        foreach ($values as $index => $value) {
            $this->json[$name][] = self::value("{$name}[$index]", $value, $kind);
        }
    }

    /** @param array<array-key, mixed> $values */
    public function map(string $name, array $values, string $key, string $kind): void
    {
        $map = new stdClass();
        foreach ($values as $index => $value) {
            self::value("a key of $name", $index, $key === 'string' ? 'key' : $key);
            $map->{$index} = self::value("{$name}[$index]", $value, $kind);
        }
        if ($values !== []) {
            $this->json[$name] = $map;
        }
    }

    /** @param array<string, mixed> $values All that belong to one oneof. */
    public function atMostOne(string $oneof, array $values): void
    {
        $there = array_keys(array_filter($values, fn ($it) => $it !== null));
        if (count($there) > 1) {
            throw new Unwritable($oneof, 'at most one of it may be there, not ' . implode(' and ', $there));
        }
    }

    private static function value(string $path, mixed $value, string $kind): mixed
    {
        return match ($kind) {
            'bool' => is_bool($value) ? $value : throw self::unlike($path, 'true or false', $value),
            'bytes' => is_string($value) ? base64_encode($value) : throw self::unlike($path, 'bytes', $value),
            'enum' => $value instanceof BackedEnum ? $value->value : self::text($path, $value),
            'int32' => is_int($value) ? $value : throw self::unlike($path, 'a whole number', $value),
            'int64' => is_int($value) ? (string) $value : throw self::unlike($path, 'a whole number', $value),
            // PHP makes numbers of keys that look like such.
            'key' => self::text($path, (string) $value),
            'message' => self::message($path, $value),
            'string' => self::text($path, $value),
            'duration' => $value instanceof Duration ? "$value" : throw self::unlike($path, 'a duration', $value),
            'timestamp' => $value instanceof Timestamp ? "$value" : throw self::unlike($path, 'a time', $value),
        };
    }

    private static function text(string $path, mixed $value): string
    {
        if (!is_string($value)) {
            throw self::unlike($path, 'a text', $value);
        }
        if (!preg_match('//u', $value)) {
            throw new Unwritable($path, 'is not UTF-8: ' . json_encode($value, JSON_INVALID_UTF8_SUBSTITUTE));
        }
        return $value;
    }

    private static function message(string $path, mixed $value): stdClass
    {
        if (!$value instanceof Message) {
            throw self::unlike($path, 'a message', $value);
        }
        try {
            return $value->jsonSerialize();
        } catch (Unwritable $why) {
            throw $why->within($path);
        }
    }

    private static function unlike(string $path, string $expected, mixed $value): Unwritable
    {
        return new Unwritable($path, "is not $expected, but " . get_debug_type($value));
    }
}
