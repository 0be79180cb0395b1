<?php

// Generated from erpsync/v1/inbox.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** One message of a client. */
final class StreamTasksRequest extends Message
{
    public function __construct(
        /** Chosen by the client; the answer repeats it. Any, also one that was used before. */
        public int $number = 0,
        /**
         * First, and once.
         *
         * Of `message`: at most one is not null.
         */
        public ?OpenTaskStream $open = null,
        /**
         * As AcknowledgeTasks.
         *
         * Of `message`: at most one is not null.
         */
        public ?AcknowledgeTasksRequest $acknowledge = null,
        /**
         * As DeferTasks.
         *
         * Of `message`: at most one is not null.
         */
        public ?DeferTasksRequest $defer = null,
        /**
         * As RefuseTasks.
         *
         * Of `message`: at most one is not null.
         */
        public ?RefuseTasksRequest $refuse = null,
        /**
         * As ExtendLeases.
         *
         * Of `message`: at most one is not null.
         */
        public ?ExtendLeasesRequest $extend = null,
    ) {
    }

    /** Which of `message` is there, by the name of its property; null: none. */
    public function message(): ?string
    {
        return match (true) {
            $this->open !== null => 'open',
            $this->acknowledge !== null => 'acknowledge',
            $this->defer !== null => 'defer',
            $this->refuse !== null => 'refuse',
            $this->extend !== null => 'extend',
            default => null,
        };
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('number', 0, 'int64'),
            $in->optional('open', 'message', OpenTaskStream::class),
            $in->optional('acknowledge', 'message', AcknowledgeTasksRequest::class),
            $in->optional('defer', 'message', DeferTasksRequest::class),
            $in->optional('refuse', 'message', RefuseTasksRequest::class),
            $in->optional('extend', 'message', ExtendLeasesRequest::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->atMostOne('message', [
            'open' => $this->open,
            'acknowledge' => $this->acknowledge,
            'defer' => $this->defer,
            'refuse' => $this->refuse,
            'extend' => $this->extend,
        ]);
        $out->one('number', $this->number, 0, 'int64');
        $out->optional('open', $this->open, 'message');
        $out->optional('acknowledge', $this->acknowledge, 'message');
        $out->optional('defer', $this->defer, 'message');
        $out->optional('refuse', $this->refuse, 'message');
        $out->optional('extend', $this->extend, 'message');
    }
}
