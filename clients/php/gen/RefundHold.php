<?php

// Generated from erpsync/v1/returns.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

/** Whether the refund that is owed for a return may be kept back. */
enum RefundHold: string
{
    /** Nothing is owed because of a withdrawal: nobody has withdrawn, or nothing of it can be credited. */
    case Unspecified = 'REFUND_HOLD_UNSPECIFIED';
    /** It may not: it is due on `refund_due_date`. */
    case None = 'REFUND_HOLD_NONE';
    /** It may: neither have all goods come, nor is there proof of dispatch. */
    case GoodsOrProof = 'REFUND_HOLD_GOODS_OR_PROOF';

    /** What is meant where nothing is said. */
    public const DEFAULT = self::Unspecified;
}
