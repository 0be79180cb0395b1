import threading
import uuid

import erpsync
import grpc
import pytest
from erpsync import v1
from fake import Refusal

DONE = v1.SetStockResponse(revision=7)
READING = v1.StockReading(sku="MUG", on_hand="5")


def test_a_call_bears_the_token_and_has_an_answer(house):
    erp, server, waits = house(DONE)
    assert erp.stock.set_stock(v1.SetStockRequest(readings=[READING])) == DONE
    assert server.headers[0]["authorization"] == "Bearer esk_1_secret"
    assert waits == []


def test_a_write_gets_an_identity_that_all_attempts_bear(house):
    erp, server, _ = house(Refusal("UNAVAILABLE"), Refusal("UNAVAILABLE"), DONE, DONE)
    request = v1.SetStockRequest(readings=[READING])
    erp.stock.set_stock(request)
    erp.stock.set_stock(request)
    first, *others, last = [it.request_id for it in server.asked]
    assert uuid.UUID(first) and others == [first, first] and last != first
    # What the caller holds stays as it was, and may be sent again for something new.
    assert request.request_id == ""


def test_a_given_identity_is_kept(house):
    erp, server, _ = house(DONE)
    erp.stock.set_stock(v1.SetStockRequest(request_id="mine", readings=[READING]))
    assert server.asked[0].request_id == "mine"


def test_what_has_no_request_id_gets_none(house):
    shop, server, _ = house(v1.SubmitOrderResponse())
    shop.orders.submit_order(v1.SubmitOrderRequest(external_order_id="4711"))
    assert server.asked[0] == v1.SubmitOrderRequest(external_order_id="4711")


def test_waits_between_attempts_and_gives_up_after_five(house):
    erp, server, waits = house(*[Refusal("UNAVAILABLE", "SHUTTING_DOWN")] * 6)
    with pytest.raises(erpsync.Refused) as refused:
        erp.stock.set_stock(v1.SetStockRequest())
    assert refused.value.reason == "SHUTTING_DOWN"
    assert len(server.asked) == 5
    assert waits == pytest.approx([0.1, 0.2, 0.4, 0.8])


def test_waits_as_long_as_the_server_says(house):
    erp, _, waits = house(Refusal("RESOURCE_EXHAUSTED", "OVERLOADED", delay=1.25), DONE)
    assert erp.stock.set_stock(v1.SetStockRequest()) == DONE
    assert waits == [1.25]


@pytest.mark.parametrize(
    "refusal",
    [
        Refusal("ABORTED", "REVISION_NOT_REACHED"),
        Refusal("FAILED_PRECONDITION", "INSUFFICIENT_STOCK"),
        Refusal("RESOURCE_EXHAUSTED", "MESSAGE_TOO_LARGE"),
        Refusal("INTERNAL", "INTERNAL"),
    ],
)
def test_a_refusal_is_not_asked_again(house, refusal):
    erp, server, _ = house(refusal, DONE)
    with pytest.raises(erpsync.Refused):
        erp.stock.set_stock(v1.SetStockRequest())
    assert len(server.asked) == 1


def test_patience_ends_by_itself_and_is_not_tried_again(house):
    erp, server, _ = house(["silence"], DONE)
    with pytest.raises(erpsync.Refused) as refused:
        erp.stock.set_stock(v1.SetStockRequest(), timeout=0.2)
    assert refused.value.code == grpc.StatusCode.DEADLINE_EXCEEDED
    assert len(server.asked) == 1


def test_nobody_is_there(house):
    erp, server, waits = house()
    server.server.stop(None).wait()
    with pytest.raises(erpsync.Refused) as refused:
        erp.server_info.get_server_info()
    assert (refused.value.code, refused.value.reason) == (grpc.StatusCode.UNAVAILABLE, "")
    assert len(waits) == 4


def test_a_refusal_tells_everything(house):
    metadata = {"sku": "TASSE-ß", "asked": "5"}
    fields = [("lines[0].quantity", "must be more than zero"), ("total", "is missing")]
    refusal = Refusal("FAILED_PRECONDITION", "INSUFFICIENT_STOCK", metadata, fields, 2.5, "too few «MUG»")
    shop, _, _ = house(refusal)
    with pytest.raises(erpsync.Refused) as caught:
        shop.orders.submit_order(v1.SubmitOrderRequest())
    refused = caught.value
    assert refused.code == grpc.StatusCode.FAILED_PRECONDITION
    assert refused.reason == "INSUFFICIENT_STOCK"
    assert refused.message == "too few «MUG»"
    assert refused.metadata == metadata
    assert [(it.path, it.description) for it in refused.fields] == fields
    assert refused.retry_delay == 2.5
    assert str(refused) == "INSUFFICIENT_STOCK: too few «MUG»"


def test_a_reason_of_tomorrow_is_still_there(house):
    shop, _, _ = house(Refusal("FAILED_PRECONDITION", "MOON_IS_FULL"))
    with pytest.raises(erpsync.Refused) as refused:
        shop.orders.submit_order(v1.SubmitOrderRequest())
    assert refused.value.reason == "MOON_IS_FULL"


def levels(*skus):
    return [v1.StockLevel(sku=it) for it in skus]


def test_a_list_is_all_its_items(house):
    pages = [
        v1.ListStockResponse(levels=levels("A", "B"), next_page_token="2"),
        v1.ListStockResponse(next_page_token="3"),
        v1.ListStockResponse(levels=levels("C")),
    ]
    shop, server, _ = house(*pages)
    request = v1.ListStockRequest(location="main", page_size=2)
    assert [it.sku for it in shop.stock.list_stock(request)] == ["A", "B", "C"]
    assert [it.page_token for it in server.asked] == ["", "2", "3"]
    assert {(it.location, it.page_size) for it in server.asked} == {("main", 2)}
    assert request.page_token == ""


def test_a_list_asks_for_no_page_before_its_time(house):
    page = v1.ListStockResponse(levels=levels("A"), next_page_token="2")
    shop, server, _ = house(page, page)
    items = iter(shop.stock.list_stock(v1.ListStockRequest()))
    assert server.asked == [] and next(items).sku == "A" and len(server.asked) == 1


def test_a_page_is_retried_too(house):
    shop, _, _ = house(Refusal("UNAVAILABLE"), v1.ListStockResponse(levels=levels("A")))
    assert [it.sku for it in shop.stock.list_stock(v1.ListStockRequest())] == ["A"]


def test_a_stream_both_ways_is_never_retried(house):
    opened = v1.StreamTasksResponse(opened=v1.TaskStreamOpened(max_leased=3))
    erp, server, _ = house([opened, Refusal("UNAVAILABLE", "SHUTTING_DOWN")])
    answers = erp.inbox.stream_tasks([v1.StreamTasksRequest(open=v1.OpenTaskStream(max_leased=3))])
    assert next(answers) == opened
    with pytest.raises(erpsync.Refused) as refused:
        next(answers)
    assert refused.value.reason == "SHUTTING_DOWN" and len(server.asked) == 1


def test_threads_share_a_client(house):
    erp, server, _ = house(*[DONE] * 20)
    calls = [threading.Thread(target=erp.stock.set_stock, args=(v1.SetStockRequest(),)) for _ in range(20)]
    for it in calls:
        it.start()
    for it in calls:
        it.join(30)
    assert len({it.request_id for it in server.asked}) == 20
