<?php

declare(strict_types=1);

namespace Erpsync;

use Erpsync\V1\FieldViolation;
use Erpsync\V1\Reason;
use RuntimeException;

/** The server has answered that it did not do it. Decide by the reason, show the message. */
final class Refusal extends RuntimeException implements Failure
{
    /**
     * @param string $reason As documented in `Reason`, without its prefix: `INSUFFICIENT_STOCK`; also one that is
     *     newer than this client. Empty where somebody in front of the server has answered.
     * @param array<string, string> $metadata The facts that the reason's documentation names.
     * @param list<FieldViolation> $fields The fields at fault.
     */
    public function __construct(
        public readonly Code $statusCode,
        public readonly string $reason,
        string $message,
        public readonly array $metadata = [],
        public readonly array $fields = [],
        private readonly ?float $retryDelay = null,
    ) {
        parent::__construct($message);
    }

    /** The reason, where this client knows it. */
    public function reason(): ?Reason
    {
        return Reason::tryFrom("REASON_$this->reason");
    }

    public function mayRetry(): bool
    {
        return match ($this->statusCode) {
            Code::Unavailable, Code::DeadlineExceeded => true,
            Code::ResourceExhausted => $this->retryDelay !== null,
            default => false,
        };
    }

    /** Whether a watch that was ended with it goes on after its last message. */
    public function mayResume(): bool
    {
        return $this->mayRetry() || $this->reason === 'SLOW_CONSUMER';
    }

    public function retryDelay(): ?float
    {
        return $this->retryDelay;
    }

    /** What PHP prints where nobody catches it: the reason first. */
    public function __toString(): string
    {
        return ($this->reason ?: $this->statusCode->value) . ': ' . parent::__toString();
    }

    /**
     * As the wire tells it: `{"code", "message", "details": [{"type", "value"}]}`. Whatever is missing or something
     * else is left out.
     */
    public static function read(mixed $json): self
    {
        $reason = '';
        $metadata = $fields = [];
        $delay = null;
        foreach (is_array($json->details ?? null) ? $json->details : [] as $detail) {
            $bytes = base64_decode(self::text($detail->value ?? ''), true) ?: '';
            switch ($detail->type ?? '') {
                case 'google.rpc.ErrorInfo':
                    [$reason, $metadata] = Details::errorInfo($bytes);
                    break;
                case 'google.rpc.BadRequest':
                    $fields = Details::badRequest($bytes);
                    break;
                case 'google.rpc.RetryInfo':
                    $delay = Details::retryInfo($bytes);
                    break;
            }
        }
        $code = Code::read(self::text($json->code ?? ''));
        $hint = $reason === 'TOKEN_INVALID' ? ' (is it of another server or environment? see `A first call`)' : '';
        return new self($code, $reason, self::text($json->message ?? '') . $hint, $metadata, $fields, $delay);
    }

    private static function text(mixed $json): string
    {
        return is_string($json) ? $json : '';
    }
}
