<?php

// Generated from erpsync/v1/returns.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

/** How units that came were judged. A line keeps how many are in each state. */
enum AcceptanceState: string
{
    /** Not a state. */
    case Unspecified = 'ACCEPTANCE_STATE_UNSPECIFIED';
    /** Nobody has judged them: `pending`. */
    case Pending = 'ACCEPTANCE_STATE_PENDING';
    /** They were accepted, and may be credited: `accepted`. */
    case Accepted = 'ACCEPTANCE_STATE_ACCEPTED';
    /** They were not, for a reason, and may not be credited: `rejected`. */
    case Rejected = 'ACCEPTANCE_STATE_REJECTED';

    /** What is meant where nothing is said. */
    public const DEFAULT = self::Unspecified;
}
