<?php

// Generated from erpsync/v1/monitoring.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;
use Erpsync\Timestamp;

/**
 * A condition that holds, or once held. There is one for each kind and subject: one that has ended
 * may begin again.
 */
final class Incident extends Message
{
    public function __construct(
        /**
         * What kind of condition.
         *
         * @var IncidentKind|string A value that is newer than this client is its name.
         */
        public IncidentKind|string $kind = IncidentKind::DEFAULT,
        /** What it is about, as its kind says; several parts are joined by U+001F. */
        public string $subject = '',
        /** For people: what was found last, and what can be done. */
        public string $message = '',
        /**
         * For programs: what was found last, as its kind says.
         *
         * @var array<string, string>
         */
        public array $metadata = [],
        /** How often it began, from 1. */
        public int $times = 0,
        /** When it began last. */
        public ?Timestamp $beginTime = null,
        /** When it ended; absent: it holds. */
        public ?Timestamp $endTime = null,
        /** The revision of the last change. */
        public int $revision = 0,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('kind', IncidentKind::DEFAULT, 'enum', IncidentKind::class),
            $in->one('subject', '', 'string'),
            $in->one('message', '', 'string'),
            $in->map('metadata', 'string', 'string'),
            $in->one('times', 0, 'int64'),
            $in->optional('beginTime', 'timestamp'),
            $in->optional('endTime', 'timestamp'),
            $in->one('revision', 0, 'int64'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('kind', $this->kind, IncidentKind::DEFAULT, 'enum');
        $out->one('subject', $this->subject, '', 'string');
        $out->one('message', $this->message, '', 'string');
        $out->map('metadata', $this->metadata, 'string', 'string');
        $out->one('times', $this->times, 0, 'int64');
        $out->optional('beginTime', $this->beginTime, 'timestamp');
        $out->optional('endTime', $this->endTime, 'timestamp');
        $out->one('revision', $this->revision, 0, 'int64');
    }
}
