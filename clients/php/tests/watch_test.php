<?php

declare(strict_types=1);

namespace Erpsync\Tests;

use Closure;
use Erpsync\ConnectionLost;
use Erpsync\Duration;
use Erpsync\Options;
use Erpsync\Refusal;
use Erpsync\Unreadable;
use Erpsync\V1\OnExpired;
use Erpsync\V1\StockFilter;
use Erpsync\V1\WatchStart;
use Erpsync\V1\WatchStockRequest;
use Generator;

/** A line of a watch. */
function line(string $token, array $event = ['heartbeat' => ['revision' => '1']]): string
{
    return json_encode(['resumeToken' => $token, ...$event], JSON_UNESCAPED_UNICODE) . "\n";
}

function ending(array $refusal): string
{
    return json_encode(['error' => $refusal['json']]) . "\n";
}

const END = "{\"end\":{}}\n";

/** The tokens of so many messages. */
function tokens(Generator $watch, int $count): array
{
    $tokens = [];
    foreach ($watch as $message) {
        $tokens[] = $message->resumeToken;
        if (count($tokens) === $count) {
            break;
        }
    }
    return $tokens;
}

function starts(FakeServer $server): array
{
    return array_map(fn ($it) => $it['json']['start'] ?? null, $server->requests());
}

test('messages come as they are told, in whatever pieces', function (): void {
    $two = line('a') . line('b', ['snapshotChunk' => ['levels' => [['sku' => 'Ü']]]]);
    $half = strpos($two, "\xc3") + 1;
    $pieces = [substr($two, 0, 5), substr($two, 5, $half - 5), substr($two, $half), line('c')];
    $server = new FakeServer([['lines' => $pieces, 'then' => 'hold']]);
    $watch = $server->client()->stock()->watchStock(new WatchStockRequest());
    $seen = [];
    foreach ($watch as $message) {
        $seen[] = [$message->resumeToken, $message->event()];
        if ($message->snapshotChunk !== null) {
            same('Ü', $message->snapshotChunk->levels[0]->sku);
        }
        if (count($seen) === 3) {
            break;
        }
    }
    same([['a', 'heartbeat'], ['b', 'snapshotChunk'], ['c', 'heartbeat']], $seen);
    same(false, isset($server->requests()[0]['headers']['connect-timeout-ms']), 'a watch has no end');
});

test('a watch goes on after the last message, whatever ended it', function (): void {
    $slow = ending(refusal('resource_exhausted', 'SLOW_CONSUMER'));
    $away = line('e', ['goingAway' => ['retryDelay' => '2s']]);
    $waited = new Waited();
    $server = new FakeServer([
        ['lines' => [line('a'), line('b')], 'then' => 'cut'],
        ['lines' => [line('c'), '{"resumeToken":"lost'], 'then' => 'cut'],
        ['lines' => [line('d'), $slow], 'then' => 'end'],
        ['lines' => [$away], 'then' => 'hold'],
        ['lines' => [line('f'), END], 'then' => 'end'],
        ['lines' => [line('g')], 'then' => 'end'],
        ['lines' => [line('h'), ending(refusal('unavailable', 'SHUTTING_DOWN', retry: seconds(3)))], 'then' => 'end'],
        ['drop' => true],
        refusal('unavailable', 'DATABASE_UNAVAILABLE', 503),
        ['lines' => [line('i')], 'then' => 'hold'],
    ]);
    $filter = new StockFilter(skus: ['MUG']);
    $start = new WatchStart(snapshot: true, heartbeatInterval: new Duration(2), onExpired: OnExpired::Snapshot);
    $request = new WatchStockRequest($filter, $start);
    $watch = $server->client($waited->options())->stock()->watchStock($request);
    same(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'], tokens($watch, 9));
    $more = ['heartbeatInterval' => '2s', 'onExpired' => 'ON_EXPIRED_SNAPSHOT'];
    $expected = [['snapshot' => true, ...$more]];
    foreach (['b', 'c', 'd', 'e', 'f', 'g', 'h', 'h', 'h'] as $token) {
        $expected[] = ['resumeToken' => $token, ...$more];
    }
    same($expected, starts($server));
    same(array_fill(0, 10, ['skus' => ['MUG']]), array_map(fn ($it) => $it['json']['filter'], $server->requests()));
    // The delays that were given, and else the first wait, because each stream had told something.
    same([2.0, 3.0], [$waited->seconds[3], $waited->seconds[6]]);
    foreach ([0, 1, 2, 4, 5] as $index) {
        same(true, $waited->seconds[$index] <= 0.1, "wait $index");
    }
    same(true, $waited->seconds[8] > 0.1, 'the third failure without a message between waits longer');
    same(true, $request->start === $start && $start->snapshot === true, 'the request of the caller stays as it was');
});

test('a watch tries more often than a call, and begins to count anew after a message', function (): void {
    $waited = new Waited();
    $server = new FakeServer([
        ['lines' => [line('a')], 'then' => 'cut'],
        ...array_fill(0, 8, ['drop' => true]),
        ['lines' => [line('b')], 'then' => 'cut'],
        ['lines' => [line('c')], 'then' => 'hold'],
    ]);
    same(['a', 'b', 'c'], tokens($server->client($waited->options())->stock()->watchStock(new WatchStockRequest()), 3));
    same(10, count($waited->seconds));
    same(true, $waited->seconds[8] >= 2.5 && $waited->seconds[9] <= 0.1);
});

test('the token counts when the message was dealt with', function (): void {
    $server = new FakeServer([['lines' => [line('a'), line('b')], 'then' => 'cut'], ['lines' => [line('b')], 'then' => 'hold']]);
    $watch = $server->client()->stock()->watchStock(new WatchStockRequest());
    same('a', $watch->current()->resumeToken);
    same([null], starts($server));
    $watch->next();
    $watch->next();
    same('b', $watch->current()->resumeToken);
    same([null, ['resumeToken' => 'b']], starts($server));
});

test('a refusal that no waiting mends ends a watch', function (): void {
    $refused = fn (FakeServer $server): Closure => fn () => tokens(
        $server->client()->stock()->watchStock(new WatchStockRequest(start: new WatchStart(resumeToken: 'old'))),
        9,
    );
    $server = new FakeServer([refusal('out_of_range', 'RESUME_TOKEN_EXPIRED')]);
    same('RESUME_TOKEN_EXPIRED', thrown(Refusal::class, $refused($server))->reason);
    $server = new FakeServer([['lines' => [line('a'), ending(refusal('unauthenticated', 'TOKEN_INVALID'))], 'then' => 'end']]);
    same('TOKEN_INVALID', thrown(Refusal::class, $refused($server))->reason);
    $server = new FakeServer([['status' => 200, 'type' => 'text/html', 'body' => "<h1>\nWelcome"]]);
    contains('text/html', thrown(Unreadable::class, $refused($server))->getMessage());
    $server = new FakeServer([['lines' => ["<h1>\n"], 'then' => 'end']]);
    contains('not JSON', thrown(Unreadable::class, $refused($server))->getMessage());
});

test('a line on which nothing is heard is broken', function (): void {
    $server = new FakeServer([['lines' => [line('a')], 'then' => 'hold'], ['lines' => [line('b')], 'then' => 'hold']]);
    $waited = new Waited();
    $client = $server->client(new Options(silence: 0.2, onRetry: fn ($it) => $waited->why[] = $it->getMessage()));
    same(['a', 'b'], tokens($client->stock()->watchStock(new WatchStockRequest()), 2));
    contains('for 0.2 s', $waited->why[0]);
    same([null, ['resumeToken' => 'a']], starts($server));
});

test('the same without resuming', function (): void {
    $once = fn (array $act) => tokens((new FakeServer([$act]))->client()->stock()->watchStockOnce(new WatchStockRequest()), 9);
    same(['a', 'b'], $once(['lines' => [line('a'), line('b'), END], 'then' => 'end']));
    thrown(ConnectionLost::class, fn () => $once(['lines' => [line('a')], 'then' => 'end']));
    thrown(Refusal::class, fn () => $once(['lines' => [line('a'), ending(refusal('unavailable'))], 'then' => 'end']));
});
