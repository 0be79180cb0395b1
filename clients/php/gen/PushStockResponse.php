<?php

// Generated from erpsync/v1/stock.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** What the server says while it takes an upload in. */
final class PushStockResponse extends Message
{
    public function __construct(
        /**
         * The upload is open.
         *
         * Of `event`: at most one is not null.
         */
        public ?PushOpened $opened = null,
        /**
         * A batch was done.
         *
         * Of `event`: at most one is not null.
         */
        public ?PushStockAcknowledged $acknowledged = null,
        /**
         * All was.
         *
         * Of `event`: at most one is not null.
         */
        public ?PushFinished $finished = null,
        /**
         * This server stops: open the upload again, here or elsewhere.
         *
         * Of `event`: at most one is not null.
         */
        public ?GoingAway $goingAway = null,
    ) {
    }

    /** Which of `event` is there, by the name of its property; null: none. */
    public function event(): ?string
    {
        return match (true) {
            $this->opened !== null => 'opened',
            $this->acknowledged !== null => 'acknowledged',
            $this->finished !== null => 'finished',
            $this->goingAway !== null => 'goingAway',
            default => null,
        };
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->optional('opened', 'message', PushOpened::class),
            $in->optional('acknowledged', 'message', PushStockAcknowledged::class),
            $in->optional('finished', 'message', PushFinished::class),
            $in->optional('goingAway', 'message', GoingAway::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->atMostOne('event', [
            'opened' => $this->opened,
            'acknowledged' => $this->acknowledged,
            'finished' => $this->finished,
            'goingAway' => $this->goingAway,
        ]);
        $out->optional('opened', $this->opened, 'message');
        $out->optional('acknowledged', $this->acknowledged, 'message');
        $out->optional('finished', $this->finished, 'message');
        $out->optional('goingAway', $this->goingAway, 'message');
    }
}
