<?php

// Generated from erpsync/v1/inbox.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Duration;
use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Asks for more time. */
final class ExtendLeasesRequest extends Message
{
    public function __construct(
        /**
         * 1 to 100 leases.
         *
         * @var list<string>
         */
        public array $leases = [],
        /** From now on: 10 s to 600 s; absent: 60 s. */
        public ?Duration $leaseTime = null,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->many('leases', 'string'),
            $in->optional('leaseTime', 'duration'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->many('leases', $this->leases, 'string');
        $out->optional('leaseTime', $this->leaseTime, 'duration');
    }
}
