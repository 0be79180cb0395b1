<?php

// Generated from erpsync/v1/admin.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/**
 * What a token may call, of what the kind of its system may (docs/api/rights.md). GetServerInfo is always
 * among it.
 */
final class TokenScope extends Message
{
    public function __construct(
        /** Only calls that change nothing. */
        public bool $readOnly = false,
        /**
         * Only these: calls, as `StockService/GetStock`, and all of a service, as `StockService`; at most 100.
         * Empty: all.
         *
         * @var list<string>
         */
        public array $calls = [],
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('readOnly', false, 'bool'),
            $in->many('calls', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('readOnly', $this->readOnly, false, 'bool');
        $out->many('calls', $this->calls, 'string');
    }
}
