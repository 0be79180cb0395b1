<?php

// Generated from erpsync/v1/compositions.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Says what articles are made of. */
final class SetCompositionsRequest extends Message
{
    public function __construct(
        /** The identity of this write, 1 to 64 visible ASCII characters. */
        public string $requestId = '',
        /**
         * 1 to 1,000 articles, taken over in order.
         *
         * @var list<CompositionStatement>
         */
        public array $compositions = [],
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('requestId', '', 'string'),
            $in->many('compositions', 'message', CompositionStatement::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('requestId', $this->requestId, '', 'string');
        $out->many('compositions', $this->compositions, 'message');
    }
}
