<?php

// Generated from erpsync/v1/ownership.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Asks who leads. */
final class GetOwnershipRequest extends Message
{
    public function __construct(
        /**
         * What is led.
         *
         * @var DataSet|string A value that is newer than this client is its name.
         */
        public DataSet|string $dataSet = DataSet::DEFAULT,
        /** The warehouse or store, at most 64 bytes; empty: `main`. */
        public string $location = '',
        /** Waits, at most 5 s, until this revision can be read; REVISION_NOT_REACHED after that. */
        public int $atLeastRevision = 0,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('dataSet', DataSet::DEFAULT, 'enum', DataSet::class),
            $in->one('location', '', 'string'),
            $in->one('atLeastRevision', 0, 'int64'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('dataSet', $this->dataSet, DataSet::DEFAULT, 'enum');
        $out->one('location', $this->location, '', 'string');
        $out->one('atLeastRevision', $this->atLeastRevision, 0, 'int64');
    }
}
