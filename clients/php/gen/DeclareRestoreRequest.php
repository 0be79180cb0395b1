<?php

// Generated from erpsync/v1/admin.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Declares a restore. */
final class DeclareRestoreRequest extends Message
{
    public function __construct(
        /**
         * The identity of this write, 1 to 64 visible ASCII characters. Said again, it begins nothing
         * new.
         */
        public string $requestId = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('requestId', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('requestId', $this->requestId, '', 'string');
    }
}
