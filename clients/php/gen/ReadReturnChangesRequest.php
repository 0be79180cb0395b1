<?php

// Generated from erpsync/v1/returns.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Duration;
use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Reads what a watch would tell. */
final class ReadReturnChangesRequest extends Message
{
    public function __construct(
        /** What to read. */
        public ?ReturnFilter $filter = null,
        /** From the last answer, or a watch; empty: begin with a snapshot. */
        public string $resumeToken = '',
        /**
         * What to do about a token that is too old.
         *
         * @var OnExpired|string A value that is newer than this client is its name.
         */
        public OnExpired|string $onExpired = OnExpired::DEFAULT,
        /**
         * About how many entries an answer has, more where one revision changed more; 0: 100; at most
         * 1,000, larger is lowered; negative is refused.
         */
        public int $pageSize = 0,
        /** How long to wait if there is nothing: 0 to 25 s. */
        public ?Duration $wait = null,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->optional('filter', 'message', ReturnFilter::class),
            $in->one('resumeToken', '', 'string'),
            $in->one('onExpired', OnExpired::DEFAULT, 'enum', OnExpired::class),
            $in->one('pageSize', 0, 'int32'),
            $in->optional('wait', 'duration'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->optional('filter', $this->filter, 'message');
        $out->one('resumeToken', $this->resumeToken, '', 'string');
        $out->one('onExpired', $this->onExpired, OnExpired::DEFAULT, 'enum');
        $out->one('pageSize', $this->pageSize, 0, 'int32');
        $out->optional('wait', $this->wait, 'duration');
    }
}
