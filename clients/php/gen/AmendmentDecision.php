<?php

// Generated from erpsync/v1/orders.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

/** What the ERP decides. */
enum AmendmentDecision: string
{
    /** Not a decision. */
    case Unspecified = 'AMENDMENT_DECISION_UNSPECIFIED';
    /** It is so, or as the given state has it. */
    case Accept = 'AMENDMENT_DECISION_ACCEPT';
    /** Nothing changes. */
    case Refuse = 'AMENDMENT_DECISION_REFUSE';

    /** What is meant where nothing is said. */
    public const DEFAULT = self::Unspecified;
}
