"""The shop submits an order of two lines: their units are reserved in the same instant, for all shops."""

import os
import sys

import erpsync
from erpsync import v1

# Its number is its identity: who submits it again gets the first answer, and nothing happens twice.
order = v1.SubmitOrderRequest(
    external_order_id="4711",
    currency_code="EUR",
    price_mode=v1.PRICE_MODE_GROSS,
    rounding_mode=v1.ROUNDING_MODE_LINE,
    lines=[
        v1.OrderLine(line_id="1", sku="MUG", quantity="2", unit_price="9.95", amount="19.90"),
        v1.OrderLine(line_id="2", sku="CUP", quantity="1.5", unit_price="4.00", amount="6.00"),
    ],
    total="25.90",
)

with erpsync.connect(os.environ["ERPSYNC_ADDRESS"], os.environ["ERPSYNC_SHOP_TOKEN"]) as shop:
    try:
        answer = shop.orders.submit_order(order)
    except erpsync.Refused as refused:
        if refused.reason == "INSUFFICIENT_STOCK":
            sys.exit(f"of {refused.metadata['sku']} there are only {refused.metadata['sellable']}")
        raise

for promise in answer.promises:
    print(f"line {promise.line_id}: {promise.reserved} reserved at {promise.location}")
