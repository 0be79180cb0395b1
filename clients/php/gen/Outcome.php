<?php

// Generated from erpsync/v1/common.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

/** What became of one item of a batch. Every item ends in exactly one of these. */
enum Outcome: string
{
    /** Never sent. */
    case Unspecified = 'OUTCOME_UNSPECIFIED';
    /** It was done, durably. */
    case Applied = 'OUTCOME_APPLIED';
    /** It said what was true already; nothing changed. */
    case Unchanged = 'OUTCOME_UNCHANGED';
    /** It was done before, when it was first said; nothing changed. */
    case Duplicate = 'OUTCOME_DUPLICATE';
    /** Something newer is known; nothing changed. */
    case Stale = 'OUTCOME_STALE';
    /** It was not done; the problem says why. */
    case Refused = 'OUTCOME_REFUSED';
    /** It is kept, and waits: for what it names to arrive, or for somebody to look at it. */
    case Parked = 'OUTCOME_PARKED';

    /** What is meant where nothing is said. */
    public const DEFAULT = self::Unspecified;
}
