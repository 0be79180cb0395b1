<?php

// Generated from erpsync/v1/returns.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** That the buyer has sent the goods. */
final class DispatchProof extends Message
{
    public function __construct(
        /** Who carries them, at most 255 bytes; may be empty. */
        public string $carrier = '',
        /** By which it can be checked, the tracking number mostly: 1 to 255 bytes. */
        public string $reference = '',
        /** When they were sent: `2026-11-23`. */
        public string $dispatchDate = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('carrier', '', 'string'),
            $in->one('reference', '', 'string'),
            $in->one('dispatchDate', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('carrier', $this->carrier, '', 'string');
        $out->one('reference', $this->reference, '', 'string');
        $out->one('dispatchDate', $this->dispatchDate, '', 'string');
    }
}
