<?php

declare(strict_types=1);

namespace Erpsync;

use Erpsync\Json\Json;
use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use JsonSerializable;
use stdClass;

/** What all messages can: be read from JSON and, by `json_encode` or `toJson`, written as JSON. */
abstract class Message implements JsonSerializable
{
    /**
     * Reads what `toJson` has written, or the server. Fields that are newer than this client are left out.
     *
     * @throws Unreadable
     */
    public static function fromJson(string $json): static
    {
        return static::read(Reader::of(Json::decode($json)));
    }

    /** @throws Unwritable */
    public function toJson(): string
    {
        return Json::encode($this);
    }

    /** What has its default is left out. */
    public function jsonSerialize(): stdClass
    {
        $out = new Writer();
        $this->write($out);
        return $out->written();
    }

    /** @internal */
    abstract public static function read(Reader $in): static;

    abstract protected function write(Writer $out): void;
}
