"""The shop takes a snapshot of its stock and then every change: watch_stock.py COUNT FILE.

Started again with the same FILE, it goes on where it stopped.
"""

import os
import sys
from itertools import islice
from pathlib import Path

import erpsync
from erpsync import v1

count, token = int(sys.argv[1]), Path(sys.argv[2])

start = v1.WatchStart(resume_token=token.read_text()) if token.exists() else v1.WatchStart(snapshot=True)


def again(why: Exception, seconds: float) -> None:
    """A watch has no end: where nobody answers it tries again, and says so here."""
    print(f"{why}; again in {seconds:.1f} s", file=sys.stderr)


with erpsync.connect(os.environ["ERPSYNC_ADDRESS"], os.environ["ERPSYNC_SHOP_TOKEN"], on_retry=again) as shop:
    with shop.stock.watch_stock(v1.WatchStockRequest(start=start)) as watch:
        for message in islice(watch, count):
            # One of the two has levels, or neither: a heartbeat, say.
            for level in [*message.snapshot_chunk.levels, *message.changes.levels]:
                print(level.sku, level.sellable)
            # Only now is the message done with; a line that breaks before brings it again.
            token.write_text(message.resume_token)
