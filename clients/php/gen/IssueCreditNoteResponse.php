<?php

// Generated from erpsync/v1/credit_notes.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** The credit note is in. */
final class IssueCreditNoteResponse extends Message
{
    public function __construct(
        /** erpsync's id. */
        public string $creditNoteId = '',
        /** Whether it was applied, or waits. */
        public ?FactResult $result = null,
        /** What is credited in sum; empty while it waits. */
        public string $total = '',
        /** The revision at or after which everyone sees it. */
        public int $revision = 0,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('creditNoteId', '', 'string'),
            $in->optional('result', 'message', FactResult::class),
            $in->one('total', '', 'string'),
            $in->one('revision', 0, 'int64'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('creditNoteId', $this->creditNoteId, '', 'string');
        $out->optional('result', $this->result, 'message');
        $out->one('total', $this->total, '', 'string');
        $out->one('revision', $this->revision, 0, 'int64');
    }
}
