<?php

declare(strict_types=1);

// Runs all tests, or those whose names contain a word: `php tests/run.php [WORD]`. Needs PHP and nothing else.

namespace Erpsync\Tests;

use Throwable;

error_reporting(E_ALL);
set_error_handler(static function (int $level, string $message, string $file, int $line): bool {
    throw new \ErrorException($message, 0, $level, $file, $line);
});

require __DIR__ . '/../autoload.php';
require __DIR__ . '/kit.php';
foreach (glob(__DIR__ . '/gen/*.php') as $file) {
    require $file;
}
foreach (glob(__DIR__ . '/*_test.php') as $file) {
    require $file;
}

$word = $argv[1] ?? '';
$passed = $failed = 0;
foreach (tests() as $name => $test) {
    if ($word !== '' && !str_contains($name, $word)) {
        continue;
    }
    try {
        $test();
        $passed++;
    } catch (Throwable $why) {
        $failed++;
        echo "FAILED $name: {$why->getMessage()}\n    at {$why->getFile()}:{$why->getLine()}\n";
        echo preg_replace('/^/m', '    ', $why->getTraceAsString()), "\n";
    } finally {
        FakeServer::stopAll();
    }
}
echo "$passed passed, $failed failed\n";
exit($failed > 0 || $passed === 0 ? 1 : 0);
