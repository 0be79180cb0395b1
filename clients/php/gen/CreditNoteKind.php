<?php

// Generated from erpsync/v1/credit_notes.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

/** What a credit note is. */
enum CreditNoteKind: string
{
    /** Not a kind. */
    case Unspecified = 'CREDIT_NOTE_KIND_UNSPECIFIED';
    /**
     * All that is left of an invoice. Has no lines and no charges: erpsync knows what is left. What a
     * reversed invoice has deducted of a prepayment may be deducted again; what was deducted of a
     * PREPAYMENT invoice is not left of it.
     */
    case Reversal = 'CREDIT_NOTE_KIND_REVERSAL';
    /** Units of an invoice's lines, or its charges. */
    case Correction = 'CREDIT_NOTE_KIND_CORRECTION';
    /** Of no invoice, for a reason. Its lines carry amounts. */
    case FreeCredit = 'CREDIT_NOTE_KIND_FREE_CREDIT';
    /**
     * Amounts of an invoice's lines, and no units: for goods that the buyer keeps. Units that are
     * credited later share what then is left of their line. Of a PREPAYMENT invoice, which has no lines:
     * amounts with their taxes, of what was not deducted.
     */
    case PriceReduction = 'CREDIT_NOTE_KIND_PRICE_REDUCTION';

    /** What is meant where nothing is said. */
    public const DEFAULT = self::Unspecified;
}
