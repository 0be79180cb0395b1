<?php

// Generated from erpsync/v1/push.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Opens an upload, or opens it again. */
final class PushOpen extends Message
{
    public function __construct(
        /**
         * The identity of the upload, 1 to 64 visible ASCII characters; of the caller's own choice. It is
         * remembered for 30 days after its last batch.
         */
        public string $uploadId = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('uploadId', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('uploadId', $this->uploadId, '', 'string');
    }
}
