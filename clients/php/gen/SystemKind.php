<?php

// Generated from erpsync/v1/admin.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

/** What a system is, which says what it may call (docs/api/rights.md). */
enum SystemKind: string
{
    /** Not a kind. */
    case Unspecified = 'SYSTEM_KIND_UNSPECIFIED';
    /** An ERP: states stock, takes orders over, ships, invoices, credits. */
    case Erp = 'SYSTEM_KIND_ERP';
    /** A shop: watches stock, submits orders, requests returns. */
    case Shop = 'SYSTEM_KIND_SHOP';
    /** A tool: reads, and retries what is parked. */
    case Tool = 'SYSTEM_KIND_TOOL';
    /** Whoever runs the server. Only in answers: no system of this kind can be created. */
    case Operator = 'SYSTEM_KIND_OPERATOR';

    /** What is meant where nothing is said. */
    public const DEFAULT = self::Unspecified;
}
