<?php

// The shop takes a snapshot of its stock and then every change: watch_stock.php COUNT FILE.
// Started again with the same FILE, it goes on where it stopped.

use Erpsync\Client;
use Erpsync\Failure;
use Erpsync\Options;
use Erpsync\V1\WatchStart;
use Erpsync\V1\WatchStockRequest;

require __DIR__ . '/../autoload.php';

[, $count, $file] = $argv;

$start = is_file($file)
    ? new WatchStart(resumeToken: file_get_contents($file))
    : new WatchStart(snapshot: true);

// A watch has no end: where nobody answers it tries again, and says so here.
$options = new Options(onRetry: fn (Failure $why, float $seconds) => fprintf(STDERR, "%s; again in %.1f s\n", $why->getMessage(), $seconds));
$shop = Client::open(getenv('ERPSYNC_ADDRESS'), getenv('ERPSYNC_SHOP_TOKEN'), $options);
foreach ($shop->stock()->watchStock(new WatchStockRequest(start: $start)) as $message) {
    // One of the two has levels, or neither: a heartbeat, say.
    foreach ([...$message->snapshotChunk?->levels ?? [], ...$message->changes?->levels ?? []] as $level) {
        echo "$level->sku $level->sellable\n";
    }
    // Only now is the message done with; a line that breaks before brings it again.
    file_put_contents($file, $message->resumeToken);
    if (--$count <= 0) {
        break;
    }
}
