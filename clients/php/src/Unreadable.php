<?php

declare(strict_types=1);

namespace Erpsync;

use RuntimeException;

/** What was answered is no answer of erpsync: somebody else listens there. */
final class Unreadable extends RuntimeException implements Failure
{
    public function mayRetry(): bool
    {
        return false;
    }

    public function retryDelay(): ?float
    {
        return null;
    }
}
