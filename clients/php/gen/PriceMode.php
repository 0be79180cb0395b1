<?php

// Generated from erpsync/v1/document.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

/** Whether prices contain their taxes. */
enum PriceMode: string
{
    /** Not a mode. */
    case Unspecified = 'PRICE_MODE_UNSPECIFIED';
    /** Taxes come on top. */
    case Net = 'PRICE_MODE_NET';
    /** Taxes are inside. */
    case Gross = 'PRICE_MODE_GROSS';

    /** What is meant where nothing is said. */
    public const DEFAULT = self::Unspecified;
}
