<?php

declare(strict_types=1);

namespace Erpsync;

/** What a refusal means to the caller, in general; the reason says it exactly. */
enum Code: string
{
    /** The caller has given up. */
    case Cancelled = 'CANCELLED';
    /** Something that says no more. */
    case Unknown = 'UNKNOWN';
    /** Mend the request. */
    case InvalidArgument = 'INVALID_ARGUMENT';
    /** It took longer than it may. */
    case DeadlineExceeded = 'DEADLINE_EXCEEDED';
    /** Create it first, or map it. */
    case NotFound = 'NOT_FOUND';
    /** Compare with what is there. */
    case AlreadyExists = 'ALREADY_EXISTS';
    /** Stop. */
    case PermissionDenied = 'PERMISSION_DENIED';
    /** Wait as long as is said. */
    case ResourceExhausted = 'RESOURCE_EXHAUSTED';
    /** Decide. */
    case FailedPrecondition = 'FAILED_PRECONDITION';
    /** Read again. */
    case Aborted = 'ABORTED';
    /** Take a snapshot. */
    case OutOfRange = 'OUT_OF_RANGE';
    /** There is no such method. */
    case Unimplemented = 'UNIMPLEMENTED';
    /** The server's fault: report it. */
    case Internal = 'INTERNAL';
    /** Make the same call again. */
    case Unavailable = 'UNAVAILABLE';
    /** What was there is lost. */
    case DataLoss = 'DATA_LOSS';
    /** Get another token. */
    case Unauthenticated = 'UNAUTHENTICATED';

    /** As the wire has it: `failed_precondition`. */
    public static function read(string $name): self
    {
        // The wire writes this one as Americans do.
        return $name === 'canceled' ? self::Cancelled : self::tryFrom(strtoupper($name)) ?? self::Unknown;
    }
}
