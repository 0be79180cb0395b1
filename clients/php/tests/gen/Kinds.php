<?php

// Generated from erpsync/kinds/v1/kinds.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\Tests\Kinds;

use Erpsync\Duration;
use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;
use Erpsync\Timestamp;

/** One field of every kind that the templates know, in every shape: the clients' tests read and write it. */
final class Kinds extends Message
{
    public function __construct(
        /** True or false. */
        public bool $truth = false,
        /** At most 31 bits and a sign. */
        public int $small = 0,
        /** At most 63 bits and a sign. */
        public int $large = 0,
        /** A text. With * / and <angles> & more in its comment. */
        public string $text = '',
        /** Bytes. */
        public string $raw = '',
        /**
         * A colour.
         *
         * @var Colour|string A value that is newer than this client is its name.
         */
        public Colour|string $colour = Colour::DEFAULT,
        /** True, false or absent. */
        public ?bool $maybeTruth = null,
        /** At most 31 bits and a sign. */
        public ?int $maybeSmall = null,
        /** At most 63 bits and a sign. */
        public ?int $maybeLarge = null,
        /** A text. */
        public ?string $maybeText = null,
        /** Bytes. */
        public ?string $maybeRaw = null,
        /**
         * A colour.
         *
         * @var Colour|string|null A value that is newer than this client is its name.
         */
        public Colour|string|null $maybeColour = null,
        /** An instant. */
        public ?Timestamp $time = null,
        /** A length of time. */
        public ?Duration $length = null,
        /** Another one. */
        public ?Kinds $nested = null,
        /**
         * Truths.
         *
         * @var list<bool>
         */
        public array $truths = [],
        /**
         * At most 31 bits and a sign.
         *
         * @var list<int>
         */
        public array $smalls = [],
        /**
         * At most 63 bits and a sign.
         *
         * @var list<int>
         */
        public array $larges = [],
        /**
         * Texts.
         *
         * @var list<string>
         */
        public array $texts = [],
        /**
         * Bytes.
         *
         * @var list<string>
         */
        public array $raws = [],
        /**
         * Colours.
         *
         * @var list<Colour|string>
         */
        public array $colours = [],
        /**
         * Instants.
         *
         * @var list<Timestamp>
         */
        public array $times = [],
        /**
         * Lengths of time.
         *
         * @var list<Duration>
         */
        public array $lengths = [],
        /**
         * Others.
         *
         * @var list<Kinds>
         */
        public array $many = [],
        /**
         * By name.
         *
         * @var array<string, string>
         */
        public array $textsByText = [],
        /**
         * By number.
         *
         * @var array<int, Kinds>
         */
        public array $kindsByLarge = [],
        /**
         * By a small number.
         *
         * @var array<int, Colour|string>
         */
        public array $coloursBySmall = [],
        /**
         * A truth.
         *
         * Of `choice`: at most one is not null.
         */
        public ?bool $chosenTruth = null,
        /**
         * A text.
         *
         * Of `choice`: at most one is not null.
         */
        public ?string $chosenText = null,
        /**
         * Another one.
         *
         * Of `choice`: at most one is not null.
         */
        public ?Kinds $chosenKinds = null,
    ) {
    }

    /** Which of `choice` is there, by the name of its property; null: none. */
    public function choice(): ?string
    {
        return match (true) {
            $this->chosenTruth !== null => 'chosenTruth',
            $this->chosenText !== null => 'chosenText',
            $this->chosenKinds !== null => 'chosenKinds',
            default => null,
        };
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('truth', false, 'bool'),
            $in->one('small', 0, 'int32'),
            $in->one('large', 0, 'int64'),
            $in->one('text', '', 'string'),
            $in->one('raw', '', 'bytes'),
            $in->one('colour', Colour::DEFAULT, 'enum', Colour::class),
            $in->optional('maybeTruth', 'bool'),
            $in->optional('maybeSmall', 'int32'),
            $in->optional('maybeLarge', 'int64'),
            $in->optional('maybeText', 'string'),
            $in->optional('maybeRaw', 'bytes'),
            $in->optional('maybeColour', 'enum', Colour::class),
            $in->optional('time', 'timestamp'),
            $in->optional('length', 'duration'),
            $in->optional('nested', 'message', Kinds::class),
            $in->many('truths', 'bool'),
            $in->many('smalls', 'int32'),
            $in->many('larges', 'int64'),
            $in->many('texts', 'string'),
            $in->many('raws', 'bytes'),
            $in->many('colours', 'enum', Colour::class),
            $in->many('times', 'timestamp'),
            $in->many('lengths', 'duration'),
            $in->many('many', 'message', Kinds::class),
            $in->map('textsByText', 'string', 'string'),
            $in->map('kindsByLarge', 'int64', 'message', Kinds::class),
            $in->map('coloursBySmall', 'int32', 'enum', Colour::class),
            $in->optional('chosenTruth', 'bool'),
            $in->optional('chosenText', 'string'),
            $in->optional('chosenKinds', 'message', Kinds::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->atMostOne('choice', [
            'chosenTruth' => $this->chosenTruth,
            'chosenText' => $this->chosenText,
            'chosenKinds' => $this->chosenKinds,
        ]);
        $out->one('truth', $this->truth, false, 'bool');
        $out->one('small', $this->small, 0, 'int32');
        $out->one('large', $this->large, 0, 'int64');
        $out->one('text', $this->text, '', 'string');
        $out->one('raw', $this->raw, '', 'bytes');
        $out->one('colour', $this->colour, Colour::DEFAULT, 'enum');
        $out->optional('maybeTruth', $this->maybeTruth, 'bool');
        $out->optional('maybeSmall', $this->maybeSmall, 'int32');
        $out->optional('maybeLarge', $this->maybeLarge, 'int64');
        $out->optional('maybeText', $this->maybeText, 'string');
        $out->optional('maybeRaw', $this->maybeRaw, 'bytes');
        $out->optional('maybeColour', $this->maybeColour, 'enum');
        $out->optional('time', $this->time, 'timestamp');
        $out->optional('length', $this->length, 'duration');
        $out->optional('nested', $this->nested, 'message');
        $out->many('truths', $this->truths, 'bool');
        $out->many('smalls', $this->smalls, 'int32');
        $out->many('larges', $this->larges, 'int64');
        $out->many('texts', $this->texts, 'string');
        $out->many('raws', $this->raws, 'bytes');
        $out->many('colours', $this->colours, 'enum');
        $out->many('times', $this->times, 'timestamp');
        $out->many('lengths', $this->lengths, 'duration');
        $out->many('many', $this->many, 'message');
        $out->map('textsByText', $this->textsByText, 'string', 'string');
        $out->map('kindsByLarge', $this->kindsByLarge, 'int64', 'message');
        $out->map('coloursBySmall', $this->coloursBySmall, 'int32', 'enum');
        $out->optional('chosenTruth', $this->chosenTruth, 'bool');
        $out->optional('chosenText', $this->chosenText, 'string');
        $out->optional('chosenKinds', $this->chosenKinds, 'message');
    }
}
