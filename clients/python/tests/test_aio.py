"""The client that is awaited does the same; its decisions are tested with the other one."""

import asyncio

import erpsync
import pytest
from erpsync import aio, v1
from erpsync._aio import AsyncCalls
from erpsync.v1.services_aio import AsyncServices
from fake import Recorded, Refusal, Server
from test_watch import message, request, starts


def play(scene, *to_say):
    """Runs a scene with a client and what its server was asked."""

    async def run(server):
        async with aio.connect(server.address, "esk_1_secret") as client:
            policy = Recorded()
            AsyncServices.__init__(client, AsyncCalls(client.channel, client.metadata, policy))
            await scene(client, server, policy.waits)

    with Server(*to_say) as server:
        asyncio.run(asyncio.wait_for(run(server), 60))


def test_a_call_is_retried_with_its_identity():
    async def scene(erp, server, waits):
        assert (await erp.stock.set_stock(v1.SetStockRequest())).revision == 7
        first, second = [it.request_id for it in server.asked]
        assert first and first == second
        assert server.headers[0]["authorization"] == "Bearer esk_1_secret"
        assert waits == [0.1]

    play(scene, Refusal("UNAVAILABLE"), v1.SetStockResponse(revision=7))


def test_a_refusal_is_typed():
    async def scene(erp, server, _):
        with pytest.raises(erpsync.Refused) as refused:
            await erp.stock.set_stock(v1.SetStockRequest())
        assert (refused.value.reason, refused.value.metadata) == ("NOT_LEADING_SYSTEM", {"leader": "erp"})
        assert len(server.asked) == 1

    play(scene, Refusal("FAILED_PRECONDITION", "NOT_LEADING_SYSTEM", {"leader": "erp"}))


def test_a_list_is_all_its_items():
    async def scene(shop, server, _):
        items = shop.stock.list_stock(v1.ListStockRequest(page_size=1))
        assert [it.sku async for it in items] == ["A", "B"]
        assert [it.page_token for it in server.asked] == ["", "2"]

    first = v1.ListStockResponse(levels=[v1.StockLevel(sku="A")], next_page_token="2")
    play(scene, first, v1.ListStockResponse(levels=[v1.StockLevel(sku="B")]))


def test_a_watch_resumes():
    async def scene(shop, server, waits):
        async with shop.stock.watch_stock(request()) as watch:
            assert [(await watch.__anext__()).resume_token for _ in range(3)] == ["a", "b", "c"]
        assert starts(server) == ["snapshot", "a", "b"]
        assert waits == [0.1, 0.1]

    play(scene, [message("a"), Refusal("UNAVAILABLE")], [message("b")], [message("c"), "silence"])


def test_a_watch_ends_with_a_refusal():
    async def scene(shop, _, __):
        watch = shop.stock.watch_stock(request())
        with pytest.raises(erpsync.Refused):
            await watch.__anext__()
        assert [it async for it in watch] == []

    play(scene, Refusal("INVALID_ARGUMENT", "RESUME_TOKEN_INVALID"))


def test_another_task_may_close_a_watch():
    async def scene(shop, _, __):
        watch = shop.stock.watch_stock(request())
        seen, first = [], asyncio.Event()

        async def read():
            async for it in watch:
                seen.append(it.resume_token)
                first.set()

        reader = asyncio.ensure_future(read())
        await first.wait()
        watch.close()
        await asyncio.wait_for(reader, 30)
        assert seen == ["a"]

    play(scene, [message("a"), "silence"])


def test_a_cancelled_task_ends_its_watch():
    async def scene(shop, _, __):
        watch = shop.stock.watch_stock(request())
        await watch.__anext__()
        reader = asyncio.ensure_future(watch.__anext__())
        await asyncio.sleep(0)
        reader.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reader
        assert [it async for it in watch] == []

    play(scene, [message("a"), "silence"])


def test_a_stream_both_ways():
    opened = v1.StreamTasksResponse(opened=v1.TaskStreamOpened(max_leased=3))

    async def scene(erp, _, __):
        async def ask():
            yield v1.StreamTasksRequest(open=v1.OpenTaskStream(max_leased=3))

        assert [it async for it in erp.inbox.stream_tasks(ask())] == [opened]

    play(scene, [opened])
