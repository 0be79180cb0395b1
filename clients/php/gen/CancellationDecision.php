<?php

// Generated from erpsync/v1/orders.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

/** What the ERP decides. */
enum CancellationDecision: string
{
    /** Not a decision. */
    case Unspecified = 'CANCELLATION_DECISION_UNSPECIFIED';
    /** All of it, or the given lines. */
    case Accept = 'CANCELLATION_DECISION_ACCEPT';
    /** Nothing of it. */
    case Refuse = 'CANCELLATION_DECISION_REFUSE';

    /** What is meant where nothing is said. */
    public const DEFAULT = self::Unspecified;
}
