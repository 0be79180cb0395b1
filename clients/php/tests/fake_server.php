<?php

declare(strict_types=1);

// A server for tests. From its first line it reads a list of acts, one for each request; it prints its
// port, and whenever it reads a line, what it was asked so far. An act has one of
//   refuse: the next connection is closed before anything was read
//   drop:   the request is read, and the connection closed without an answer
//   status, type, body: an answer, perhaps with more `headers`; with `cut`, only so many bytes of its body are sent, and
//           then the connection is closed
//   lines:  a stream, of which each entry is sent as a chunk; `then` says what follows: `end` (the last chunk),
//           `cut` (the connection is closed) or `hold` (nothing)
// With a path as its argument it speaks TLS, and writes its certificate there.

$acts = unserialize(base64_decode((string) fgets(STDIN)));
$asked = $lines = [];
$number = 0;
$certificate = $argv[1] ?? '';
$context = stream_context_create($certificate === '' ? [] : ['ssl' => ['local_cert' => certified($certificate)]]);
$server = stream_socket_server('tcp://127.0.0.1:0', context: $context);
echo explode(':', stream_socket_get_name($server, false))[1], "\n";

while (true) {
    $ready = [STDIN, $server, ...array_column($lines, 'socket')];
    $none = null;
    stream_select($ready, $none, $none, null);
    foreach ($ready as $socket) {
        if ($socket === STDIN) {
            fgets(STDIN) !== false or exit(0);
            echo json_encode($asked), "\n";
        } elseif ($socket === $server) {
            $line = stream_socket_accept($server);
            if (isset($acts[0]['refuse'])) {
                array_shift($acts);
                fclose($line);
                continue;
            }
            if ($certificate !== '' && !@stream_socket_enable_crypto($line, true, STREAM_CRYPTO_METHOD_TLS_SERVER)) {
                fclose($line);
                continue;
            }
            $lines[(int) $line] = ['socket' => $line, 'number' => ++$number];
        } elseif (!hear($socket, $lines[(int) $socket]['number'], $asked, $acts)) {
            unset($lines[(int) $socket]);
            fclose($socket);
        }
    }
}

/** Reads a request and does what is to be done; answers whether the connection stays. */
function hear($socket, int $number, array &$asked, array &$acts): bool
{
    $first = fgets($socket);
    if ($first === false) {
        return false;
    }
    $headers = [];
    while (($line = trim((string) fgets($socket))) !== '') {
        [$name, $value] = explode(':', $line, 2);
        $headers[strtolower($name)] = trim($value);
    }
    $body = '';
    while (($left = (int) ($headers['content-length'] ?? 0) - strlen($body)) > 0) {
        $body .= fread($socket, $left);
    }
    $path = explode(' ', $first)[1];
    $json = json_decode($body, true);
    $asked[] = ['path' => $path, 'headers' => $headers, 'json' => $json, 'body' => $body, 'line' => $number];
    $act = array_shift($acts) ?? ['status' => 500, 'type' => 'text/plain', 'body' => 'nothing is left to be done'];
    if (isset($act['drop'])) {
        return false;
    }
    if (isset($act['lines'])) {
        fwrite($socket, "HTTP/1.1 200 OK\r\ncontent-type: application/x-ndjson\r\ntransfer-encoding: chunked\r\n\r\n");
        foreach ($act['lines'] as $text) {
            fwrite($socket, sprintf("%x\r\n%s\r\n", strlen($text), $text));
        }
        if ($act['then'] === 'end') {
            fwrite($socket, "0\r\n\r\n");
        }
        return $act['then'] !== 'cut';
    }
    $length = strlen($act['body']);
    $head = "HTTP/1.1 {$act['status']} X\r\ncontent-type: {$act['type']}\r\ncontent-length: $length\r\n" . implode('', $act['headers'] ?? []);
    $sent = substr($act['body'], 0, $act['cut'] ?? null);
    fwrite($socket, "$head\r\n$sent");
    return $sent === $act['body'];
}

/** A certificate for this machine by nobody but itself, in a file; answers that of it and its key. */
function certified(string $path): string
{
    $config = tempnam(sys_get_temp_dir(), 'erpsync');
    $extensions = "[v3]\nsubjectAltName=IP:127.0.0.1\nbasicConstraints=critical,CA:TRUE\n";
    file_put_contents($config, "[req]\ndistinguished_name=name\n[name]\n$extensions");
    $options = ['config' => $config, 'x509_extensions' => 'v3', 'digest_alg' => 'sha256'];
    $key = openssl_pkey_new(['private_key_bits' => 2048]);
    $request = openssl_csr_new(['commonName' => '127.0.0.1'], $key, $options);
    $signed = openssl_csr_sign($request, null, $key, 1, $options);
    openssl_x509_export($signed, $text);
    openssl_pkey_export($key, $secret);
    file_put_contents($path, $text);
    file_put_contents($config, $text . $secret);
    return $config;
}
