<?php

declare(strict_types=1);

namespace Erpsync\Json;

use Erpsync\Unreadable;
use JsonException;

/**
 * Text and values.
 *
 * @internal
 */
final class Json
{
    /** Objects stay objects, because a list and a map of the keys 0, 1, 2 would otherwise be one. */
    public static function decode(string $text): mixed
    {
        try {
            return json_decode($text, flags: JSON_THROW_ON_ERROR);
        } catch (JsonException $why) {
            throw new Unreadable("not JSON: {$why->getMessage()}: " . substr($text, 0, 100));
        }
    }

    public static function encode(mixed $value): string
    {
        return json_encode($value, JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES);
    }
}
