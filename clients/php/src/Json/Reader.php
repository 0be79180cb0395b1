<?php

declare(strict_types=1);

namespace Erpsync\Json;

use BackedEnum;
use Erpsync\Duration;
use Erpsync\Message;
use Erpsync\Timestamp;
use Erpsync\Unreadable;
use stdClass;

/**
 * Reads one message of proto3 JSON. What is absent or null has its default.
 *
 * @internal for generated classes
 */
final class Reader
{
    /** @param array<array-key, mixed> $json */
    private function __construct(private readonly array $json, private readonly string $path)
    {
    }

    /** @param string $path Where in the answer it stands, for people; empty: it is the answer. */
    public static function of(mixed $json, string $path = ''): self
    {
        if (!$json instanceof stdClass) {
            throw self::unlike('an object', $json, $path);
        }
        return new self((array) $json, $path === '' ? '' : "$path.");
    }

    /** @param class-string|null $class */
    public function one(string $name, mixed $default, string $kind, ?string $class = null): mixed
    {
        return $this->optional($name, $kind, $class) ?? $default;
    }

    /** @param class-string|null $class */
    public function optional(string $name, string $kind, ?string $class = null): mixed
    {
        $json = $this->json[$name] ?? null;
        return $json === null ? null : self::value($json, $kind, $class, $this->path . $name);
    }

    /**
     * @param class-string|null $class
     * @return list<mixed>
     */
    public function many(string $name, string $kind, ?string $class = null): array
    {
        $json = $this->json[$name] ?? [];
        if (!is_array($json)) {
            throw self::unlike('a list', $json, $this->path . $name);
        }
        foreach ($json as $index => $value) {
            $json[$index] = self::value($value, $kind, $class, "$this->path{$name}[$index]");
        }
        return $json;
    }

    /**
     * @param class-string|null $class
     * @return array<array-key, mixed>
     */
    public function map(string $name, string $key, string $kind, ?string $class = null): array
    {
        $path = $this->path . $name;
        $map = self::of($this->json[$name] ?? new stdClass(), $path)->json;
        foreach ($map as $index => $value) {
            if ($key !== 'string') {
                self::value($index, $key, null, "a key of $path");
            }
            $map[$index] = self::value($value, $kind, $class, "{$path}[$index]");
        }
        return $map;
    }

    /** @param class-string|null $class */
    private static function value(mixed $json, string $kind, ?string $class, string $path): mixed
    {
        return match ($kind) {
            'bool' => is_bool($json) ? $json : throw self::unlike('true or false', $json, $path),
            'bytes' => self::bytes($json, $path),
            'duration' => Duration::tryParse($json) ?? throw self::unlike('a duration', $json, $path),
            'enum' => self::enum($json, $class, $path),
            'int32' => self::whole($json, -0x80000000, 0x7fffffff, $path),
            'int64' => self::whole($json, PHP_INT_MIN, PHP_INT_MAX, $path),
            'message' => self::message($json, $class, $path),
            'string' => is_string($json) ? $json : throw self::unlike('a text', $json, $path),
            'timestamp' => Timestamp::tryParse($json) ?? throw self::unlike('a time', $json, $path),
        };
    }

    private static function whole(mixed $json, int $least, int $most, string $path): int
    {
        // 64 bits travel as a string. What does not fit, PHP would make the nearest that does.
        $number = is_string($json) && preg_match('/^-?[0-9]{1,19}$/D', $json) ? (int) $json : $json;
        $is_whole = is_int($number) && ($number === $json || "$number" === $json);
        if (!$is_whole || $number < $least || $number > $most) {
            throw self::unlike("a whole number of $least to $most", $json, $path);
        }
        return $number;
    }

    private static function bytes(mixed $json, string $path): string
    {
        $bytes = is_string($json) ? base64_decode(strtr($json, '-_', '+/'), true) : false;
        return $bytes !== false ? $bytes : throw self::unlike('bytes in base64', $json, $path);
    }

    /** @param class-string<BackedEnum> $class */
    private static function enum(mixed $json, string $class, string $path): BackedEnum|string
    {
        // A name that is newer than this client stays what it is.
        return is_string($json) ? $class::tryFrom($json) ?? $json : throw self::unlike('a name', $json, $path);
    }

    /** @param class-string<Message> $class */
    private static function message(mixed $json, string $class, string $path): Message
    {
        return $class::read(self::of($json, $path));
    }

    private static function unlike(string $expected, mixed $json, string $path): Unreadable
    {
        $shown = substr((string) json_encode($json, JSON_PARTIAL_OUTPUT_ON_ERROR), 0, 100);
        return new Unreadable(($path === '' ? 'the answer' : $path) . " is not $expected: $shown");
    }
}
