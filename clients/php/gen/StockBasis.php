<?php

// Generated from erpsync/v1/stock.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

/** What the figure of a reading is. */
enum StockBasis: string
{
    /** ON_HAND. */
    case Unspecified = 'STOCK_BASIS_UNSPECIFIED';
    /** Units that lie there. */
    case OnHand = 'STOCK_BASIS_ON_HAND';
    /** Units that lie there, less what is open of all of the source's orders. */
    case Available = 'STOCK_BASIS_AVAILABLE';

    /** What is meant where nothing is said. */
    public const DEFAULT = self::Unspecified;
}
