<?php

declare(strict_types=1);

namespace Erpsync\Tests;

use Erpsync\Client;
use Erpsync\Code;
use Erpsync\ConnectionLost;
use Erpsync\Options;
use Erpsync\Refusal;
use Erpsync\Unreadable;
use Erpsync\Unwritable;
use Erpsync\V1\GetStockRequest;
use Erpsync\V1\LeaseTasksRequest;
use Erpsync\V1\ListStockRequest;
use Erpsync\V1\Reason;
use Erpsync\V1\SetStockRequest;
use Erpsync\V1\StockReading;
use Erpsync\Waits;
use InvalidArgumentException;

function level(string $sku): array
{
    return ['level' => ['sku' => $sku]];
}

/** Calls that each test makes. */
function setMug(Client $client, string $requestId = ''): SetStockRequest
{
    $request = new SetStockRequest($requestId, [new StockReading(sku: 'MUG', onHand: '5')]);
    $client->stock()->setStock($request);
    return $request;
}

test('a call says who, what and how long', function (): void {
    $server = new FakeServer([answer(level('MUG')), answer(['tasks' => []]), answer(), answer()]);
    $client = $server->client();
    same('MUG', $client->stock()->getStock(new GetStockRequest(sku: 'MUG'))->level->sku);
    $client->inbox()->leaseTasks(new LeaseTasksRequest());
    $client->stock()->getStock(new GetStockRequest(), timeout: 2.5);
    $client->with('')->stock()->getStock(new GetStockRequest());
    $asked = $server->requests();
    same('/erpsync.v1.StockService/GetStock', $asked[0]['path']);
    same('{"sku":"MUG"}', $asked[0]['body']);
    same('{}', $asked[1]['body']);
    $headers = $asked[0]['headers'];
    same(['Bearer esk_1_secret', 'application/json', '10000'], [
        $headers['authorization'], $headers['content-type'], $headers['connect-timeout-ms'],
    ]);
    same(false, isset($headers['expect']));
    same(['30000', '2500'], [$asked[1]['headers']['connect-timeout-ms'], $asked[2]['headers']['connect-timeout-ms']]);
    same(false, isset($asked[3]['headers']['authorization']));
    same([1, 1, 1, 2], array_column($asked, 'line'), 'one connection for all calls of one client');
});

test('a large request is sent without asking first', function (): void {
    $server = new FakeServer([answer()]);
    $server->client()->stock()->getStock(new GetStockRequest(sku: str_repeat('x', 2_000_000)));
    $asked = $server->requests()[0];
    same(2_000_010, strlen($asked['body']));
    same(null, $asked['headers']['expect'] ?? null);
});

test('an answer may be packed, and so may a refusal', function (): void {
    $packed = fn (array $act): array => ['body' => gzencode($act['body']), 'headers' => ["content-encoding: gzip\r\n"]] + $act;
    $server = new FakeServer([$packed(answer(level('MUG'))), $packed(refusal('failed_precondition', 'INSUFFICIENT_STOCK'))]);
    $client = $server->client();
    same('MUG', $client->stock()->getStock(new GetStockRequest(sku: 'MUG'))->level->sku);
    same('INSUFFICIENT_STOCK', thrown(Refusal::class, fn () => setMug($client))->reason);
    contains('gzip', $server->requests()[0]['headers']['accept-encoding']);
});

test('an answer that got lost is asked for again with the same bytes', function (): void {
    $waited = new Waited();
    $server = new FakeServer([['drop' => true], ['refuse' => true], [...answer(['revision' => '7']), 'cut' => 5], answer()]);
    setMug($server->client($waited->options()));
    $bodies = array_column($server->requests(), 'body');
    same(3, count($bodies));
    same([$bodies[0], $bodies[0]], array_slice($bodies, 1));
    same(3, count($waited->seconds));
});

test('a request id is made once, and each request has its own', function (): void {
    $server = new FakeServer([refusal('unavailable', status: 503), answer(), answer(), answer()]);
    $client = $server->client();
    $request = setMug($client);
    same('', $request->requestId, 'the request of the caller stays as it was');
    setMug($client);
    setMug($client, 'mine');
    $ids = array_map(fn ($it) => $it['json']['requestId'], $server->requests());
    same($ids[0], $ids[1]);
    same(1, preg_match('/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/', $ids[0]));
    same(true, $ids[1] !== $ids[2]);
    same('mine', $ids[3]);
});

test('what may be asked again, and what may not', function (): void {
    foreach (
        [
            [refusal('unavailable', 'SHUTTING_DOWN', 503), 5],
            [refusal('deadline_exceeded', 'DEADLINE_EXCEEDED', 504), 5],
            [refusal('resource_exhausted', 'OVERLOADED', 429, seconds(1)), 5],
            [['status' => 502, 'type' => 'text/html', 'body' => '<h1>Bad gateway</h1>'], 5],
            [['status' => 503, 'type' => 'application/json', 'body' => '{"no": "erpsync"}'], 5],
            [refusal('resource_exhausted', 'MESSAGE_TOO_LARGE', 429), 1],
            [refusal('aborted', 'REVISION_NOT_REACHED', 409), 1],
            [refusal('failed_precondition', 'INSUFFICIENT_STOCK'), 1],
            [refusal('internal', 'INTERNAL', 500, seconds(1)), 1],
            [refusal('unauthenticated', 'TOKEN_INVALID', 401), 1],
        ] as [$act, $attempts]
    ) {
        $server = new FakeServer(array_fill(0, 6, $act));
        thrown(Refusal::class, fn () => setMug($server->client()));
        same($attempts, count($server->requests()), $act['body']);
    }
});

test('waits grow, and are shortened by chance', function (): void {
    $longest = array_map(fn ($it) => Waits::next($it, 0.0), range(0, 7));
    same([0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 5.0, 5.0], $longest);
    same([0.05, 2.5], [Waits::next(0, 1.0), Waits::next(2000, 1.0)]);
    $waited = new Waited();
    $server = new FakeServer(array_fill(0, 5, refusal('unavailable', status: 503)));
    thrown(Refusal::class, fn () => setMug($server->client($waited->options())));
    same(4, count($waited->seconds));
    foreach ([0.1, 0.2, 0.4, 0.8] as $index => $most) {
        same(true, $waited->seconds[$index] >= $most / 2 && $waited->seconds[$index] <= $most, "wait $index");
    }
    same(array_fill(0, 4, 'it is unavailable'), $waited->why);
});

test('a wait that the server gives is waited in full, up to 30 s', function (): void {
    $waited = new Waited();
    $server = new FakeServer([
        refusal('resource_exhausted', 'OVERLOADED', 429, seconds(7)),
        refusal('unavailable', 'SHUTTING_DOWN', 503, seconds(3)),
        refusal('resource_exhausted', 'OVERLOADED', 429, seconds(90)),
        answer(),
    ]);
    setMug($server->client($waited->options()));
    same([7.0, 3.0, 30.0], $waited->seconds);
});

test('fewer attempts, where the application wants so', function (): void {
    $server = new FakeServer(array_fill(0, 3, refusal('unavailable', status: 503)));
    thrown(Refusal::class, fn () => setMug($server->client(new Options(attempts: 1))));
    same(1, count($server->requests()));
});

test('nobody listens', function (): void {
    $waited = new Waited();
    $client = Client::open('http://127.0.0.1:1', 'esk_1_a', $waited->options());
    $why = thrown(ConnectionLost::class, fn () => setMug($client));
    contains('no answer of http://127.0.0.1:1 to erpsync.v1.StockService/SetStock: ', $why->getMessage());
    same(4, count($waited->seconds));
});

test('time that is over ends a call, however many attempts are left', function (): void {
    $server = new FakeServer([['lines' => ['{'], 'then' => 'hold']]);
    $waited = new Waited();
    $client = $server->client($waited->options());
    $why = thrown(ConnectionLost::class, fn () => $client->stock()->getStock(new GetStockRequest(), timeout: 0.001));
    contains('did not answer erpsync.v1.StockService/GetStock in time', $why->getMessage());
    same([], $waited->seconds);
});

test('a refusal with all that it says', function (): void {
    $info = field(1, 'INSUFFICIENT_STOCK') . field(2, 'erpsync')
        . field(3, field(1, 'sku') . field(2, 'MÜG')) . field(3, field(1, 'sellable') . field(2, '0'));
    $fields = field(1, field(1, 'lines[0].quantity') . field(2, 'too much')) . field(1, field(1, 'total') . field(2, 'off'));
    $details = [
        ['type' => 'google.rpc.ErrorInfo', 'value' => rtrim(base64_encode($info), '='), 'debug' => ['reason' => 'OTHER']],
        ['type' => 'google.rpc.BadRequest', 'value' => base64_encode($fields)],
        ['type' => 'google.rpc.RetryInfo', 'value' => rtrim(base64_encode(field(1, "\x08\x02\x10\x80\xca\xb5\xee\x01")), '=')],
        ['type' => 'google.rpc.Help', 'value' => 'AAAA'],
    ];
    $body = json_encode(['code' => 'failed_precondition', 'message' => 'too little', 'details' => $details]);
    $server = new FakeServer([['status' => 400, 'type' => 'application/json; charset=utf-8', 'body' => $body]]);
    $refusal = thrown(Refusal::class, fn () => setMug($server->client()));
    same(Code::FailedPrecondition, $refusal->statusCode);
    same('INSUFFICIENT_STOCK', $refusal->reason);
    same(Reason::InsufficientStock, $refusal->reason());
    same('too little', $refusal->getMessage());
    same(['sku' => 'MÜG', 'sellable' => '0'], $refusal->metadata);
    same(['lines[0].quantity: too much', 'total: off'], array_map(fn ($it) => "$it->path: $it->description", $refusal->fields));
    same(2.5, $refusal->retryDelay());
});

test('refusals that say less, or what nobody knows yet', function (): void {
    $new = refusal('failed_precondition', 'MOON_IS_FULL')['json'];
    foreach (
        [
            [$new, Code::FailedPrecondition, 'MOON_IS_FULL'],
            [['code' => 'canceled'], Code::Cancelled, ''],
            [['code' => 'odd', 'message' => 5, 'details' => 'none'], Code::Unknown, ''],
            [['code' => 'aborted', 'details' => [5, [], ['type' => 'google.rpc.ErrorInfo', 'value' => '*']]], Code::Aborted, ''],
            [['code' => 'aborted', 'details' => [['type' => 'google.rpc.ErrorInfo', 'value' => base64_encode("\x0a\x7fX")]]], Code::Aborted, ''],
        ] as [$json, $code, $reason]
    ) {
        $server = new FakeServer([['status' => 400, 'type' => 'application/json', 'body' => json_encode($json)]]);
        $refusal = thrown(Refusal::class, fn () => setMug($server->client()));
        same([$code, $reason, null, []], [$refusal->statusCode, $refusal->reason, $refusal->reason(), $refusal->metadata]);
    }
    foreach ([429, 502, 503, 504] as $status) {
        $server = new FakeServer([['status' => $status, 'type' => 'text/html', 'body' => '<h1>']]);
        $refusal = thrown(Refusal::class, fn () => setMug($server->client(new Options(attempts: 1))));
        same([Code::Unavailable, ''], [$refusal->statusCode, $refusal->reason]);
        contains("with status $status", $refusal->getMessage());
    }
});

test('a refusal that nobody catches begins with its reason', function (): void {
    $server = new FakeServer([refusal('unauthenticated', 'TOKEN_INVALID', 401), refusal('aborted')]);
    $client = $server->client();
    $refusal = thrown(Refusal::class, fn () => setMug($client));
    contains('TOKEN_INVALID: Erpsync\\Refusal: it is unauthenticated (is it of another server or environment?', (string) $refusal);
    same(0, strpos((string) thrown(Refusal::class, fn () => setMug($client)), 'ABORTED: '));
});

test('an answer of somebody else', function (): void {
    foreach (
        [
            'text/html instead of application/json' => ['status' => 200, 'type' => 'text/html', 'body' => '<h1>Welcome</h1>'],
            'not JSON' => ['status' => 200, 'type' => 'application/json', 'body' => '{"level"'],
            'the answer is not an object' => ['status' => 200, 'type' => 'application/json', 'body' => '[1]'],
            'level.sku is not a text' => answer(['level' => ['sku' => 5]]),
            'with status 404, and not as erpsync does' => ['status' => 404, 'type' => 'text/html', 'body' => '<h1>Not found</h1>'],
            'with status 403, and' => ['status' => 403, 'type' => 'application/json', 'body' => '{"no": "erpsync"}'],
            'with status 307, and' => ['status' => 307, 'type' => '', 'body' => '', 'headers' => ["location: /elsewhere\r\n"]],
        ] as $message => $act
    ) {
        $server = new FakeServer([$act]);
        $client = $server->client();
        contains($message, thrown(Unreadable::class, fn () => $client->stock()->getStock(new GetStockRequest()))->getMessage());
        same(1, count($server->requests()));
    }
});

test('what cannot be written is not sent', function (): void {
    $server = new FakeServer([]);
    $client = $server->client();
    thrown(Unwritable::class, fn () => $client->stock()->getStock(new GetStockRequest(sku: "\xff")));
    same([], $server->requests());
});

test('pages are asked for as they are reached', function (): void {
    $server = new FakeServer([
        answer(['levels' => [['sku' => 'A'], ['sku' => 'B']], 'nextPageToken' => 't1']),
        refusal('unavailable', status: 503),
        answer(['levels' => [], 'nextPageToken' => 't2']),
        answer(['levels' => [['sku' => 'C']]]),
    ]);
    $request = new ListStockRequest(location: 'main', pageSize: 2);
    $levels = $server->client()->stock()->listStockAll($request);
    same('A', $levels->current()->sku);
    same(1, count($server->requests()));
    $skus = [];
    foreach ($levels as $level) {
        $skus[] = $level->sku;
        same('', $request->pageToken, 'the request of the caller stays as it was');
    }
    same(['A', 'B', 'C'], $skus);
    $page = ['location' => 'main', 'pageSize' => 2];
    $second = ['location' => 'main', 'pageSize' => 2, 'pageToken' => 't1'];
    same([$page, $second, $second, [...$page, 'pageToken' => 't2']], array_column($server->requests(), 'json'));
});

test('addresses and tokens', function (): void {
    foreach (['http://127.0.0.1:7443', 'http://[::1]:7443/', 'https://erpsync.example', 'HTTP://erpsync'] as $good) {
        Client::open($good, 'esk_1_a');
    }
    foreach (['', '127.0.0.1:7443', 'ftp://a', 'http://', 'http://a/b', 'http://a?b', 'http://u:p@a', "http://a\n", 'http://a b'] as $bad) {
        contains('is no address', thrown(InvalidArgumentException::class, fn () => Client::open($bad, 'esk_1_a'))->getMessage());
    }
    foreach (["esk_1_a\r\nx: y", 'esk 1', 'esk_é', "esk_1\n"] as $bad) {
        $why = thrown(InvalidArgumentException::class, fn () => Client::open('http://a', $bad))->getMessage();
        contains('not a token', $why);
        same(false, str_contains($why, 'esk'), 'a token is not told');
    }
    $none = thrown(InvalidArgumentException::class, fn () => Client::open('http://a', ''))->getMessage();
    same('no token was given (is the variable set?)', $none);
    $dump = print_r(Client::open('http://a', 'esk_1_secret'), true);
    same(false, str_contains($dump, 'secret'), 'a token is not dumped');
});

test('TLS with authorities of a file', function (): void {
    $file = tempnam(sys_get_temp_dir(), 'erpsync');
    $server = new FakeServer([answer(level('MUG'))], certificate: $file);
    $waited = new Waited();
    $unknown = $server->client($waited->options());
    $why = thrown(ConnectionLost::class, fn () => setMug($unknown));
    contains('certificate', $why->getMessage());
    same([], $waited->seconds, 'whom one does not trust, one does not ask again');
    $client = $server->client(new Options(authorities: $file));
    same('MUG', $client->stock()->getStock(new GetStockRequest(sku: 'MUG'))->level->sku);
    unlink($file);
    $plain = fn () => Client::open('http://a', 'esk_1_a', new Options(authorities: __FILE__));
    contains('plain text', thrown(InvalidArgumentException::class, $plain)->getMessage());
    $missing = fn () => Client::open('https://a', 'esk_1_a', new Options(authorities: '/nowhere.pem'));
    contains('cannot read', thrown(InvalidArgumentException::class, $missing)->getMessage());
});
