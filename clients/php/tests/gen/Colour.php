<?php

// Generated from erpsync/kinds/v1/kinds.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\Tests\Kinds;

/** A colour. */
enum Colour: string
{
    /** None. */
    case Unspecified = 'COLOUR_UNSPECIFIED';
    /** As blood. */
    case Red = 'COLOUR_RED';
    /** As the sky in its deep. */
    case DeepBlue = 'COLOUR_DEEP_BLUE';

    /** What is meant where nothing is said. */
    public const DEFAULT = self::Unspecified;
}
