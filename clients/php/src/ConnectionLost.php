<?php

declare(strict_types=1);

namespace Erpsync;

use RuntimeException;

/**
 * There was no answer. Whether the call took effect is not known: make it again with the same identity, which
 * does it once.
 */
final class ConnectionLost extends RuntimeException implements Failure
{
    public function __construct(string $message, private readonly bool $mayRetry = true)
    {
        parent::__construct($message);
    }

    public function mayRetry(): bool
    {
        return $this->mayRetry;
    }

    public function retryDelay(): ?float
    {
        return null;
    }
}
