<?php

declare(strict_types=1);

namespace Erpsync;

use Throwable;

/** Whatever keeps a call from being answered. */
interface Failure extends Throwable
{
    /** Whether the same call may have another answer soon. */
    public function mayRetry(): bool;

    /** How many seconds the server asks to wait before; null: it does not say. */
    public function retryDelay(): ?float;
}
