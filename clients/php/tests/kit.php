<?php

declare(strict_types=1);

namespace Erpsync\Tests;

use Closure;
use Erpsync\Client;
use Erpsync\Failure;
use Erpsync\Options;
use RuntimeException;
use Throwable;

/**
 * Adds a test; without one, answers all.
 *
 * @return array<string, Closure>
 */
function tests(string $name = '', ?Closure $test = null): array
{
    static $tests = [];
    if ($test !== null) {
        isset($tests[$name]) and throw new RuntimeException("two tests are called \"$name\"");
        $tests[$name] = $test;
    }
    return $tests;
}

function test(string $name, Closure $test): void
{
    tests($name, $test);
}

function same(mixed $expected, mixed $actual, string $what = ''): void
{
    if ($expected !== $actual) {
        $show = static fn (mixed $it): string => var_export($it, true);
        throw new RuntimeException(($what === '' ? '' : "$what: ") . "expected {$show($expected)}, not {$show($actual)}");
    }
}

/**
 * What is thrown, which must be of that class.
 *
 * @template Thrown of Throwable
 * @param class-string<Thrown> $class
 * @return Thrown
 */
function thrown(string $class, Closure $do): Throwable
{
    try {
        $do();
    } catch (Throwable $it) {
        same($class, $it::class, $it->getMessage());
        return $it;
    }
    throw new RuntimeException("expected $class, and nothing was thrown");
}

function contains(string $part, string $text): void
{
    str_contains($text, $part) or throw new RuntimeException("expected \"$part\" in \"$text\"");
}

/** Waits that were asked for: nothing is waited for in tests. */
final class Waited
{
    /** @var list<float> */
    public array $seconds = [];
    /** @var list<string> */
    public array $why = [];

    public function options(string ...$more): Options
    {
        return new Options(...$more, ...[
            'onRetry' => function (Failure $why, float $seconds): void {
                $this->why[] = $why->getMessage();
            },
            'wait' => function (float $seconds): void {
                $this->seconds[] = $seconds;
            },
        ]);
    }
}

/** A server of its own process that does what it was told beforehand, once for each request: see fake_server.php. */
final class FakeServer
{
    /** @var list<self> */
    private static array $all = [];
    /** @var resource */
    private $process;
    /** @var array<int, resource> */
    private array $pipes = [];
    private string $address;

    /** @param list<array<string, mixed>> $acts */
    public function __construct(array $acts, string $certificate = '')
    {
        $command = [PHP_BINARY, __DIR__ . '/fake_server.php', $certificate];
        $this->process = proc_open($command, [['pipe', 'r'], ['pipe', 'w'], STDERR], $this->pipes);
        fwrite($this->pipes[0], base64_encode(serialize($acts)) . "\n");
        $port = trim((string) fgets($this->pipes[1]));
        $this->address = ($certificate === '' ? 'http' : 'https') . "://127.0.0.1:$port";
        self::$all[] = $this;
    }

    public function client(?Options $options = null, string $token = 'esk_1_secret'): Client
    {
        return Client::open($this->address, $token, $options ?? (new Waited())->options());
    }

    /**
     * What was asked so far: the path, headers by their small names, the body decoded and as it was, and the
     * number of the connection.
     *
     * @return list<array{path: string, headers: array<string, string>, json: mixed, body: string, line: int}>
     */
    public function requests(): array
    {
        fwrite($this->pipes[0], "tell\n");
        return json_decode((string) fgets($this->pipes[1]), true, flags: JSON_THROW_ON_ERROR);
    }

    public static function stopAll(): void
    {
        foreach (self::$all as $server) {
            proc_terminate($server->process);
            array_map(fclose(...), $server->pipes);
            proc_close($server->process);
        }
        self::$all = [];
    }
}

/** An answer that went well. */
function answer(mixed $json = []): array
{
    return ['status' => 200, 'type' => 'application/json', 'body' => json_encode($json === [] ? (object) [] : $json)];
}

/** A refusal, as the server of erpsync tells it. */
function refusal(string $code, string $reason = '', int $status = 400, string $retry = ''): array
{
    $details = [];
    if ($reason !== '') {
        $bytes = field(1, $reason) . field(2, 'erpsync');
        $details[] = ['type' => 'google.rpc.ErrorInfo', 'value' => rtrim(base64_encode($bytes), '=')];
    }
    if ($retry !== '') {
        $details[] = ['type' => 'google.rpc.RetryInfo', 'value' => rtrim(base64_encode(field(1, $retry)), '=')];
    }
    $json = ['code' => $code, 'message' => "it is $code", 'details' => $details];
    return ['status' => $status, 'type' => 'application/json', 'body' => json_encode($json), 'json' => $json];
}

/** A field of protobuf that holds a short text. */
function field(int $number, string $text): string
{
    return chr($number << 3 | 2) . chr(strlen($text)) . $text;
}

/** A length of time in protobuf, of less than 128 s. */
function seconds(int $seconds): string
{
    return "\x08" . chr($seconds);
}
