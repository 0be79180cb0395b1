import threading

import erpsync
import pytest
from erpsync import v1
from fake import Refusal
from google.protobuf.duration_pb2 import Duration

HEARTBEAT = Duration(seconds=20)


def message(token, **event):
    return v1.WatchStockResponse(resume_token=token, **(event or {"heartbeat": v1.Heartbeat()}))


def request():
    start = v1.WatchStart(snapshot=True, heartbeat_interval=HEARTBEAT, on_expired=v1.ON_EXPIRED_SNAPSHOT)
    return v1.WatchStockRequest(filter=v1.StockFilter(skus=["MUG"]), start=start)


def tokens(watch, count):
    return [next(watch).resume_token for _ in range(count)]


def starts(server):
    return [it.start.resume_token or it.start.WhichOneof("start") for it in server.asked]


@pytest.mark.parametrize(
    "end",
    [
        Refusal("UNAVAILABLE"),
        Refusal("UNAVAILABLE", "SHUTTING_DOWN"),
        Refusal("RESOURCE_EXHAUSTED", "SLOW_CONSUMER"),
        Refusal("INTERNAL"),
        Refusal("UNKNOWN"),
        Refusal("CANCELLED"),
    ],
    ids=lambda it: it.status.message + str(it.code),
)
def test_goes_on_after_the_last_message(house, end):
    shop, server, waits = house([message("a"), message("b"), end], [message("c"), "silence"])
    asked = request()
    with shop.stock.watch_stock(asked) as watch:
        assert tokens(watch, 3) == ["a", "b", "c"]
    assert starts(server) == ["snapshot", "b"]
    # All else is asked as before, and what the caller holds stays as it was.
    again = server.asked[1]
    assert (again.filter, again.start.heartbeat_interval) == (asked.filter, HEARTBEAT)
    assert again.start.on_expired == v1.ON_EXPIRED_SNAPSHOT
    assert asked == request()
    assert waits == [0.1]


def test_goes_on_when_a_stream_ends_in_peace(house):
    shop, server, _ = house([message("a")], [message("b"), "silence"])
    with shop.stock.watch_stock(request()) as watch:
        assert tokens(watch, 2) == ["a", "b"]
    assert starts(server) == ["snapshot", "a"]


def test_begins_as_it_was_told_until_there_is_a_token(house):
    shop, server, waits = house(Refusal("UNAVAILABLE"), Refusal("UNAVAILABLE"), [message("a"), "silence"])
    with shop.stock.watch_stock(request()) as watch:
        assert tokens(watch, 1) == ["a"]
    assert starts(server) == ["snapshot", "snapshot", "snapshot"]
    assert waits == [0.1, 0.2]


def test_waits_as_long_as_a_server_that_goes_away_says(house):
    going = message("b", going_away=v1.GoingAway(retry_delay=Duration(seconds=3, nanos=500_000_000)))
    shop, server, waits = house(
        [message("a"), going, Refusal("UNAVAILABLE", "SHUTTING_DOWN")], [message("c"), "silence"]
    )
    with shop.stock.watch_stock(request()) as watch:
        assert tokens(watch, 3) == ["a", "b", "c"]
    assert starts(server) == ["snapshot", "b"]
    assert waits == [3.5]


def test_never_gives_up_and_counts_anew_after_each_message(house):
    down = [Refusal("UNAVAILABLE")] * 9
    shop, _, waits = house(*down, [message("a"), Refusal("UNAVAILABLE")], [message("b"), "silence"])
    with shop.stock.watch_stock(request()) as watch:
        assert tokens(watch, 2) == ["a", "b"]
    assert waits == pytest.approx([0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 5, 5, 5, 0.1])


def test_a_refusal_that_no_waiting_mends_ends_it(house):
    shop, server, _ = house(
        [message("a"), Refusal("UNAVAILABLE")], Refusal("OUT_OF_RANGE", "RESUME_TOKEN_EXPIRED"), [message("b")]
    )
    watch = shop.stock.watch_stock(request())
    assert tokens(watch, 1) == ["a"]
    with pytest.raises(erpsync.Refused) as refused:
        next(watch)
    assert refused.value.reason == "RESUME_TOKEN_EXPIRED"
    assert list(watch) == [] and len(server.asked) == 2


def test_another_thread_may_close_it(house):
    shop, _, _ = house([message("a"), "silence"])
    watch = shop.stock.watch_stock(request())
    seen, first = [], threading.Event()

    def read():
        for it in watch:
            seen.append(it.resume_token)
            first.set()

    reader = threading.Thread(target=read)
    reader.start()
    assert first.wait(30)
    watch.close()
    reader.join(30)
    assert not reader.is_alive() and seen == ["a"]


def test_closed_before_it_began(house):
    shop, server, _ = house([message("a")])
    watch = shop.stock.watch_stock(request())
    watch.close()
    assert list(watch) == [] and server.asked == []
