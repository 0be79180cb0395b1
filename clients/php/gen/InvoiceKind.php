<?php

// Generated from erpsync/v1/invoices.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

/** What an invoice is. */
enum InvoiceKind: string
{
    /** In a request: STANDARD. Never told. */
    case Unspecified = 'INVOICE_KIND_UNSPECIFIED';
    /** Of goods, and what is charged beside them. */
    case Standard = 'INVOICE_KIND_STANDARD';
    /**
     * Of money ahead of goods: amounts and no units. Its charges are all PREPAYMENT. Later invoices of the
     * same order deduct it.
     */
    case Prepayment = 'INVOICE_KIND_PREPAYMENT';

    /** What is meant where nothing is said. */
    public const DEFAULT = self::Unspecified;
}
