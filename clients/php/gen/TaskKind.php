<?php

// Generated from erpsync/v1/inbox.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

/** What a task asks for. */
enum TaskKind: string
{
    /** Not a kind. */
    case Unspecified = 'TASK_KIND_UNSPECIFIED';
    /** Take this order over. */
    case Order = 'TASK_KIND_ORDER';
    /** Take note that a shop announced a return. */
    case Return = 'TASK_KIND_RETURN';
    /** Take note of what a shop told of a payment. */
    case Payment = 'TASK_KIND_PAYMENT';
    /**
     * Answer a wish to take units off the order, with AnswerCancellation, which also ends the task. To
     * acknowledge it only means to have noted it.
     */
    case Cancellation = 'TASK_KIND_CANCELLATION';
    /**
     * Answer a wish for another state of the order, with AnswerAmendment, which also ends the task. To
     * acknowledge it only means to have noted it.
     */
    case Amendment = 'TASK_KIND_AMENDMENT';

    /** What is meant where nothing is said. */
    public const DEFAULT = self::Unspecified;
}
