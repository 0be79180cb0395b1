<?php

declare(strict_types=1);

namespace Erpsync;

use InvalidArgumentException;

/** What was to be said cannot be written; nothing was sent. */
final class Unwritable extends InvalidArgumentException implements Failure
{
    /** @param string $path Where in the message: `readings[0].sku`. */
    public function __construct(private readonly string $path, private readonly string $why)
    {
        parent::__construct("$path: $why");
    }

    /** The same, seen from the message around it. */
    public function within(string $path): self
    {
        return new self("$path.$this->path", $this->why);
    }

    public function mayRetry(): bool
    {
        return false;
    }

    public function retryDelay(): ?float
    {
        return null;
    }
}
