<?php

// Generated from erpsync/v1/inbox.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

/** Where a task stands. */
enum TaskState: string
{
    /** Not a state. */
    case Unspecified = 'TASK_STATE_UNSPECIFIED';
    /** It can be leased from `available_time` on. */
    case Waiting = 'TASK_STATE_WAITING';
    /** Somebody works on it. */
    case Leased = 'TASK_STATE_LEASED';
    /** It waits for somebody to look at it. */
    case Parked = 'TASK_STATE_PARKED';
    /** It was taken over. */
    case Done = 'TASK_STATE_DONE';
    /** It waits until an earlier task of the same order is done. */
    case Behind = 'TASK_STATE_BEHIND';
    /** Nobody has to do it any more: it was given up, or the order was cancelled before. */
    case Withdrawn = 'TASK_STATE_WITHDRAWN';

    /** What is meant where nothing is said. */
    public const DEFAULT = self::Unspecified;
}
