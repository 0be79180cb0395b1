"""The ERP states what lies there of two articles."""

import os
from decimal import Decimal

import erpsync
from erpsync import v1

on_hand = {"MUG": Decimal(5), "CUP": Decimal("2.5")}

with erpsync.connect(os.environ["ERPSYNC_ADDRESS"], os.environ["ERPSYNC_ERP_TOKEN"]) as erp:
    readings = [v1.StockReading(sku=sku, on_hand=erpsync.to_wire(units)) for sku, units in on_hand.items()]
    answer = erp.stock.set_stock(v1.SetStockRequest(readings=readings))

# One bad row does not stop the others: each has its own outcome.
for reading, result in zip(readings, answer.results):
    print(reading.sku, v1.Outcome.Name(result.outcome), result.problem.message)
