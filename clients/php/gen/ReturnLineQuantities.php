<?php

// Generated from erpsync/v1/returns.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** What became of a line of a return; in units, but for the last ones. */
final class ReturnLineQuantities extends Message
{
    public function __construct(
        /** The order's line. */
        public string $lineId = '',
        /** Announced. */
        public string $requested = '',
        /** Came back: restocked + quarantined + scrapped + sent_back + pending. */
        public string $received = '',
        /** In stock again. */
        public string $restocked = '',
        /** Apart. */
        public string $quarantined = '',
        /** Thrown away. */
        public string $scrapped = '',
        /** Sent to the buyer again. */
        public string $sentBack = '',
        /** Credited because of this return. */
        public string $credited = '',
        /** Came back, and not judged yet. */
        public string $pending = '',
        /** Came back, was judged, and accepted. */
        public string $accepted = '',
        /** Came back, was judged, and not accepted; wherever it is now. */
        public string $rejected = '',
        /** Announced, and still to come. */
        public string $awaited = '',
        /** Lost on its way. */
        public string $lost = '',
        /** Another article came in its place. */
        public string $wrongItem = '',
        /** Awaited no more, because the return was declined, closed or has expired. */
        public string $released = '',
        /**
         * Could still be credited because of this return: what was accepted; with proof of dispatch all
         * that was announced and neither rejected, wrong nor released. Less what was credited.
         */
        public string $creditable = '',
        /** Credited, and rejected since (or the return has ended without it): somebody should look at it. */
        public string $overCredited = '',
        /** An amount, in the order's currency: what accepted units are worth less, in sum. */
        public string $lossOfValue = '',
        /** Why units were rejected last, for people; empty: none were. */
        public string $rejectionReason = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('lineId', '', 'string'),
            $in->one('requested', '', 'string'),
            $in->one('received', '', 'string'),
            $in->one('restocked', '', 'string'),
            $in->one('quarantined', '', 'string'),
            $in->one('scrapped', '', 'string'),
            $in->one('sentBack', '', 'string'),
            $in->one('credited', '', 'string'),
            $in->one('pending', '', 'string'),
            $in->one('accepted', '', 'string'),
            $in->one('rejected', '', 'string'),
            $in->one('awaited', '', 'string'),
            $in->one('lost', '', 'string'),
            $in->one('wrongItem', '', 'string'),
            $in->one('released', '', 'string'),
            $in->one('creditable', '', 'string'),
            $in->one('overCredited', '', 'string'),
            $in->one('lossOfValue', '', 'string'),
            $in->one('rejectionReason', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('lineId', $this->lineId, '', 'string');
        $out->one('requested', $this->requested, '', 'string');
        $out->one('received', $this->received, '', 'string');
        $out->one('restocked', $this->restocked, '', 'string');
        $out->one('quarantined', $this->quarantined, '', 'string');
        $out->one('scrapped', $this->scrapped, '', 'string');
        $out->one('sentBack', $this->sentBack, '', 'string');
        $out->one('credited', $this->credited, '', 'string');
        $out->one('pending', $this->pending, '', 'string');
        $out->one('accepted', $this->accepted, '', 'string');
        $out->one('rejected', $this->rejected, '', 'string');
        $out->one('awaited', $this->awaited, '', 'string');
        $out->one('lost', $this->lost, '', 'string');
        $out->one('wrongItem', $this->wrongItem, '', 'string');
        $out->one('released', $this->released, '', 'string');
        $out->one('creditable', $this->creditable, '', 'string');
        $out->one('overCredited', $this->overCredited, '', 'string');
        $out->one('lossOfValue', $this->lossOfValue, '', 'string');
        $out->one('rejectionReason', $this->rejectionReason, '', 'string');
    }
}
