<?php

// Generated from erpsync/v1/ownership.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

/** What becomes of what another system than the leader states. */
enum OwnershipPolicy: string
{
    /** REJECT. */
    case Unspecified = 'OWNERSHIP_POLICY_UNSPECIFIED';
    /** It is refused, with the leader's name, and counted. */
    case Reject = 'OWNERSHIP_POLICY_REJECT';

    /** What is meant where nothing is said. */
    public const DEFAULT = self::Unspecified;
}
