<?php

// Generated from erpsync/v1/common.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Why one item of a batch was not done: what a refused call says in its status. */
final class Problem extends Message
{
    public function __construct(
        /** A reason of `error.proto` without the prefix `REASON_`: `LEASE_SUPERSEDED`. */
        public string $reason = '',
        /** For people. */
        public string $message = '',
        /**
         * The facts that the reason's documentation promises.
         *
         * @var array<string, string>
         */
        public array $metadata = [],
        /**
         * Every field at fault, where fields are.
         *
         * @var list<FieldViolation>
         */
        public array $fieldViolations = [],
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('reason', '', 'string'),
            $in->one('message', '', 'string'),
            $in->map('metadata', 'string', 'string'),
            $in->many('fieldViolations', 'message', FieldViolation::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('reason', $this->reason, '', 'string');
        $out->one('message', $this->message, '', 'string');
        $out->map('metadata', $this->metadata, 'string', 'string');
        $out->many('fieldViolations', $this->fieldViolations, 'message');
    }
}
