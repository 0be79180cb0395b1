<?php

// Generated from erpsync/v1/document.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

/** Where taxes are rounded. */
enum RoundingMode: string
{
    /** Not a mode. */
    case Unspecified = 'ROUNDING_MODE_UNSPECIFIED';
    /** On each line and charge, which then carry tax amounts. */
    case Line = 'ROUNDING_MODE_LINE';
    /** Once for each rate; then only `tax_totals` carry tax amounts. */
    case Document = 'ROUNDING_MODE_DOCUMENT';

    /** What is meant where nothing is said. */
    public const DEFAULT = self::Unspecified;
}
