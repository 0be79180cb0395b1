<?php

// Generated from erpsync/v1/changes.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

/**
 * What to do about a resume token that the log no longer reaches back to, or that is of another
 * incarnation.
 */
enum OnExpired: string
{
    /** The same as ERROR. */
    case Unspecified = 'ON_EXPIRED_UNSPECIFIED';
    /** Refuse with RESUME_TOKEN_EXPIRED or RESUME_TOKEN_FOREIGN. */
    case Error = 'ON_EXPIRED_ERROR';
    /** Begin with a snapshot instead. */
    case Snapshot = 'ON_EXPIRED_SNAPSHOT';

    /** What is meant where nothing is said. */
    public const DEFAULT = self::Unspecified;
}
