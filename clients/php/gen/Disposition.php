<?php

// Generated from erpsync/v1/returns.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

/** What is done with what came back. */
enum Disposition: string
{
    /** Not a disposition. */
    case Unspecified = 'DISPOSITION_UNSPECIFIED';
    /** It lies in stock again, and can be sold. */
    case Restock = 'DISPOSITION_RESTOCK';
    /** It lies apart; erpsync's stock does not count it. */
    case Quarantine = 'DISPOSITION_QUARANTINE';
    /** It is thrown away. */
    case Scrap = 'DISPOSITION_SCRAP';
    /** It goes to the buyer again: it was not accepted, and is not credited. */
    case SendBack = 'DISPOSITION_SEND_BACK';
    /** It lies apart until it is judged by InspectReturn; erpsync's stock does not count it. */
    case Pending = 'DISPOSITION_PENDING';

    /** What is meant where nothing is said. */
    public const DEFAULT = self::Unspecified;
}
