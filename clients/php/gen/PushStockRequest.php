<?php

// Generated from erpsync/v1/stock.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** What the client says while it uploads. */
final class PushStockRequest extends Message
{
    public function __construct(
        /**
         * Opens the upload.
         *
         * Of `message`: at most one is not null.
         */
        public ?PushOpen $open = null,
        /**
         * Some readings.
         *
         * Of `message`: at most one is not null.
         */
        public ?PushStockBatch $batch = null,
        /**
         * There are no more.
         *
         * Of `message`: at most one is not null.
         */
        public ?PushFinish $finish = null,
    ) {
    }

    /** Which of `message` is there, by the name of its property; null: none. */
    public function message(): ?string
    {
        return match (true) {
            $this->open !== null => 'open',
            $this->batch !== null => 'batch',
            $this->finish !== null => 'finish',
            default => null,
        };
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->optional('open', 'message', PushOpen::class),
            $in->optional('batch', 'message', PushStockBatch::class),
            $in->optional('finish', 'message', PushFinish::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->atMostOne('message', [
            'open' => $this->open,
            'batch' => $this->batch,
            'finish' => $this->finish,
        ]);
        $out->optional('open', $this->open, 'message');
        $out->optional('batch', $this->batch, 'message');
        $out->optional('finish', $this->finish, 'message');
    }
}
