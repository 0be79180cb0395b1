<?php

declare(strict_types=1);

namespace Erpsync;

use CurlHandle;
use Generator;
use InvalidArgumentException;
use RuntimeException;
use SensitiveParameter;

/** Messages of JSON over HTTP/1.1, by curl. One connection is kept for single calls; each stream has its own. */
final class Http
{
    private const AGENT = 'erpsync-php/0.1.0';
    /** How much longer than the server a call waits, so that it hears from the server that time is over. */
    private const GRACE_SECONDS = 1.0;
    /** What goes wrong on the way to the server or back, and may go well the next time. */
    private const LOST = [
        CURLE_COULDNT_CONNECT, CURLE_COULDNT_RESOLVE_HOST, CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE, CURLE_RECV_ERROR,
        CURLE_SEND_ERROR, CURLE_SSL_CONNECT_ERROR,
    ];
    /** What goes wrong in front of the server, and may go well the next time. */
    private const BUSY = [429, 502, 503, 504];

    private readonly string $address;
    private ?CurlHandle $calls = null;

    public function __construct(
        string $address,
        #[SensitiveParameter] private readonly string $token,
        private readonly Options $options,
    ) {
        if (!preg_match('~^https?://[^/?#@\s]+/?$~iD', $address)) {
            $like = 'http://127.0.0.1:7443 or https://erpsync.example';
            throw new InvalidArgumentException("\"$address\" is no address; one looks like $like");
        }
        if (!preg_match('/^[!-~]*$/D', $token)) {
            throw new InvalidArgumentException('this is not a token: it has other than visible ASCII characters');
        }
        if ($options->authorities !== null && stripos($address, 'https:') !== 0) {
            throw new InvalidArgumentException("$address is plain text; with authorities it is https://…");
        }
        if ($options->authorities !== null && !is_readable($options->authorities)) {
            throw new InvalidArgumentException("cannot read the authorities in $options->authorities");
        }
        if (!extension_loaded('curl')) {
            throw new RuntimeException('erpsync needs PHP\'s curl extension: `apt install php-curl`, or `extension=curl` in php.ini');
        }
        if (PHP_INT_SIZE < 8) {
            throw new RuntimeException('erpsync needs a PHP whose integers have 64 bits');
        }
        $this->address = rtrim($address, '/');
    }

    /** The same server, with another token. */
    public function with(#[SensitiveParameter] string $token): self
    {
        return new self($this->address, $token, $this->options);
    }

    /**
     * Makes one call once, and answers its JSON.
     *
     * @param string $method `erpsync.v1.StockService/GetStock`
     * @throws Failure
     */
    public function call(string $method, string $body, float $timeout): string
    {
        $curl = $this->calls ??= curl_init();
        // Forgets the last call, but not its connection.
        curl_reset($curl);
        $millis = max(1, (int) round($timeout * 1000));
        $this->prepare($curl, $method, $body, ["connect-timeout-ms: $millis"]);
        curl_setopt_array($curl, [
            CURLOPT_RETURNTRANSFER => true,
            CURLOPT_ENCODING => 'gzip',
            CURLOPT_TIMEOUT_MS => $millis + (int) (self::GRACE_SECONDS * 1000),
        ]);
        $answer = curl_exec($curl);
        if ($answer === false) {
            throw $this->lost($method, curl_errno($curl), curl_error($curl));
        }
        $this->check($method, $curl, $answer, 'application/json');
        return $answer;
    }

    /**
     * Asks for a stream once, and yields its lines as they come. A line that was cut off is not among them.
     *
     * @param float $silence After so many seconds without a byte the line is taken for broken.
     * @return Generator<int, string>
     * @throws Failure
     */
    public function lines(string $method, string $body, float $silence): Generator
    {
        $curl = curl_init();
        $this->prepare($curl, $method, $body, []);
        $heard = '';
        curl_setopt($curl, CURLOPT_WRITEFUNCTION, function ($_, string $bytes) use (&$heard): int {
            $heard .= $bytes;
            return strlen($bytes);
        });
        $multi = curl_multi_init();
        curl_multi_add_handle($multi, $curl);
        try {
            $rest = '';
            do {
                $goesOn = $this->hear($multi, $heard, $silence);
                $rest .= $heard;
                $heard = '';
                // A refusal is told in one piece, and has no lines.
                if (curl_getinfo($curl, CURLINFO_RESPONSE_CODE) === 200) {
                    $lines = explode("\n", $rest);
                    $rest = array_pop($lines);
                    if ($lines !== []) {
                        $this->check($method, $curl, '', 'application/x-ndjson');
                    }
                    yield from $lines;
                }
            } while ($goesOn);
            $result = curl_multi_info_read($multi)['result'] ?? CURLE_OK;
            if ($result !== CURLE_OK) {
                throw $this->lost($method, $result, curl_error($curl));
            }
            $this->check($method, $curl, $rest, 'application/x-ndjson');
        } finally {
            curl_multi_remove_handle($multi, $curl);
            curl_multi_close($multi);
        }
    }

    /** Waits until something was heard; answers whether more may come. */
    private function hear(\CurlMultiHandle $multi, string &$heard, float $silence): bool
    {
        $begin = microtime(true);
        do {
            curl_multi_exec($multi, $running);
            if ($heard !== '' || $running === 0) {
                return $running > 0;
            }
            $left = $silence - (microtime(true) - $begin);
            // Without anything to wait for it comes back at once; then it would be asked without end.
            if (curl_multi_select($multi, max(0.0, min($left, 1.0))) <= 0 && $left > 0.001) {
                usleep(1000);
            }
        } while ($left > 0);
        throw new ConnectionLost(sprintf('nothing was heard of %s for %.1f s', $this->address, $silence));
    }

    /** @param list<string> $headers */
    private function prepare(CurlHandle $curl, string $method, string $body, array $headers): void
    {
        $headers = [
            'accept: application/json, application/x-ndjson',
            'content-type: application/json',
            // curl would ask first whether it may send a large body.
            'expect:',
            ...$headers,
        ];
        if ($this->token !== '') {
            $headers[] = "authorization: Bearer $this->token";
        }
        curl_setopt_array($curl, [
            CURLOPT_URL => "$this->address/$method",
            CURLOPT_POSTFIELDS => $body,
            CURLOPT_HTTPHEADER => $headers,
            CURLOPT_HTTP_VERSION => CURL_HTTP_VERSION_1_1,
            CURLOPT_PROTOCOLS => CURLPROTO_HTTP | CURLPROTO_HTTPS,
            // The token is for this address alone.
            CURLOPT_FOLLOWLOCATION => false,
            CURLOPT_NOSIGNAL => true,
            CURLOPT_TCP_KEEPALIVE => 1,
            CURLOPT_USERAGENT => self::AGENT,
        ]);
        if ($this->options->authorities !== null) {
            curl_setopt($curl, CURLOPT_CAINFO, $this->options->authorities);
        }
    }

    /** What is answered with another status is a refusal, and what is something else was not said by erpsync. */
    private function check(string $method, CurlHandle $curl, string $answer, string $expected): void
    {
        $status = curl_getinfo($curl, CURLINFO_RESPONSE_CODE);
        $type = strtolower(trim(explode(';', (string) curl_getinfo($curl, CURLINFO_CONTENT_TYPE))[0]));
        if ($status !== 200) {
            $json = $type === 'application/json' ? json_decode($answer) : null;
            if (isset($json->code)) {
                throw Refusal::read($json);
            }
            $what = "$this->address answers $method with status $status";
            throw in_array($status, self::BUSY, true)
                ? new Refusal(Code::Unavailable, '', $what)
                : new Unreadable("$what, and not as erpsync does: is it the address of something else?");
        }
        if ($type !== $expected) {
            $shown = $type === '' ? 'something without a type' : $type;
            throw new Unreadable("$this->address answers $method with $shown instead of $expected");
        }
    }

    private function lost(string $method, int $error, string $message): ConnectionLost
    {
        if ($error === CURLE_OPERATION_TIMEDOUT) {
            return new ConnectionLost("$this->address did not answer $method in time: $message", false);
        }
        $why = $message !== '' ? $message : curl_strerror($error);
        if ($error === CURLE_SSL_CONNECT_ERROR) {
            $why .= ' (does it speak plain text? then its address is http://…)';
        }
        return new ConnectionLost("no answer of $this->address to $method: $why", in_array($error, self::LOST, true));
    }

    /** @return array<string, string> Shown by dumps, which must not tell the token. */
    public function __debugInfo(): array
    {
        return ['address' => $this->address];
    }
}
