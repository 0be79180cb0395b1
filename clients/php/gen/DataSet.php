<?php

// Generated from erpsync/v1/ownership.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

/** Data that one system leads. */
enum DataSet: string
{
    /** Not a data set. */
    case Unspecified = 'DATA_SET_UNSPECIFIED';
    /** What lies at a location, as `SetStock` states it. */
    case Stock = 'DATA_SET_STOCK';

    /** What is meant where nothing is said. */
    public const DEFAULT = self::Unspecified;
}
