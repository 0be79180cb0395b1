#!/usr/bin/env python3
"""What the demo must end with, worked out from the file alone.

    expected.py FILE.csv[.gz] > expected.json

Shares no code with erpsync: the rules of README.md beside this file are told a second time here,
with Python's own decimals, so that a mistake in one telling shows against the other.
"""

import collections
import csv
import gzip
import json
import sys
import zlib
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
SHIPPING = {"POST", "DOT", "C2"}
FEES = {"M", "m", "S", "BANK CHARGES", "AMAZONFEE", "CRUK", "PADS", "B"}


def kind_of(code):
    if code in SHIPPING:
        return "shipping"
    if code == "D":
        return "discount"
    if code in FEES or code.lower().startswith("gift_"):
        return "fee"
    return "goods"


def rounded(amount):
    return amount.quantize(CENT, ROUND_HALF_UP)


def crc(code):
    return zlib.crc32(code.encode())


class Level:
    def __init__(self):
        self.on_hand = self.reserved = Decimal(0)
        self.queue = collections.deque()  # order lines with units that nobody has yet

    def sellable(self):
        return max(Decimal(0), self.on_hand - self.reserved)

    def serve(self):
        while self.queue and self.sellable() > 0:
            line = self.queue[0]
            units = min(line.back_ordered, self.sellable())
            line.back_ordered -= units
            line.reserved += units
            self.reserved += units
            if line.back_ordered == 0:
                self.queue.popleft()


class Line:
    def __init__(self, row):
        self.code, self.ordered = row["code"], row["quantity"]
        self.amount = rounded(row["quantity"] * row["price"])
        zero = Decimal(0)
        self.reserved = self.back_ordered = zero


class Order:
    def __init__(self, number, rows):
        self.number = number
        self.lines = [Line(it) for it in rows if kind_of(it["code"]) == "goods"]
        self.charges = sum(
            (rounded(it["quantity"] * it["price"]) * (-1 if kind_of(it["code"]) == "discount" else 1)
             for it in rows if kind_of(it["code"]) != "goods"), Decimal(0))
        self.total = sum((it.amount for it in self.lines), Decimal(0)) + self.charges


def read(path):
    opener = gzip.open if path.endswith(".gz") else open
    documents = {}
    with opener(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            day = row["InvoiceDate"][:10]
            number = row["InvoiceNo"]
            first = documents.setdefault(number, {"day": day, "rows": []})
            first["rows"].append({
                "code": row["StockCode"],
                "quantity": Decimal(row["Quantity"]).normalize() + 0,
                "price": Decimal(row["UnitPrice"]),
                "customer": row["CustomerID"].removesuffix(".0"),
            })
    return documents


def class_of(number, rows):
    if number.startswith("A"):
        return "bad_debt"
    if number.startswith("C"):
        return "credit"
    if all(it["price"] == 0 and not it["customer"] for it in rows):
        return "correction"
    if any(kind_of(it["code"]) == "goods" for it in rows):
        return "order"
    return "charges_only"


def play(documents):
    rows_by, events = collections.Counter(), collections.Counter()
    money = collections.defaultdict(Decimal)
    levels = collections.defaultdict(Level)
    demand, codes = collections.Counter(), []
    days = collections.defaultdict(list)
    for number, document in documents.items():
        document["class"] = class_of(number, document["rows"])
        days[document["day"]].append(number)
        for row in document["rows"]:
            if kind_of(row["code"]) == "goods" and document["class"] in ("order", "correction"):
                if row["code"] not in demand:
                    demand[row["code"]] = Decimal(0)
                    codes.append(row["code"])
                if document["class"] == "order":
                    demand[row["code"]] += row["quantity"]
    days = sorted(days.items())
    delivery_day = days[len(days) // 2][0]
    contested = {it for it in codes if crc(it) % 100 == 0}

    def part(code, percent):
        # Whole numbers, because decimals divide towards zero and this is to be rounded up.
        return Decimal(-(-int(demand[code] * percent) // 100))

    moved = set()
    for nth, (day, numbers) in enumerate(days):
        # Morning: the ERP tells what it has counted.
        if nth == 0:
            for code in codes:
                levels[code].on_hand = part(code, 60) if code in contested else demand[code] + 10
                events["statements applied"] += 1
        else:
            delivered = {it for it in contested if day == delivery_day and part(it, 20) > 0}
            for code in moved | delivered:
                if code in delivered:
                    levels[code].on_hand += part(code, 20)
                    levels[code].serve()
                    events["statements applied"] += 1
                else:
                    events["statements unchanged"] += 1
        moved = set()

        # Day: the shops sell, the warehouse finds and loses.
        for number in numbers:
            rows, kind = documents[number]["rows"], documents[number]["class"]
            if kind in ("bad_debt", "charges_only"):
                rows_by[kind] += len(rows)
            elif kind == "correction":
                rows_by["correction"] += len(rows)
                for row in rows:
                    if kind_of(row["code"]) == "goods":
                        levels[row["code"]].on_hand += row["quantity"]
                        levels[row["code"]].serve()
                        moved.add(row["code"])
                        events["movements"] += 1
            elif kind == "order":
                order = Order(number, rows)
                asked = collections.Counter()
                for line in order.lines:
                    asked[line.code] += line.ordered
                short = any(levels[code].sellable() < units for code, units in asked.items())
                if short and int(number) % 2 == 1:
                    rows_by["order refused INSUFFICIENT_STOCK"] += len(rows)
                    events["orders refused INSUFFICIENT_STOCK"] += 1
                    continue
                rows_by["order placed"] += len(rows)
                events["orders placed"] += 1
                events["order lines"] += len(order.lines)
                money["ordered"] += order.total
                waits = False
                for line in order.lines:
                    level = levels[line.code]
                    line.reserved = min(line.ordered, level.sellable())
                    line.back_ordered = line.ordered - line.reserved
                    level.reserved += line.reserved
                    if line.back_ordered:
                        level.queue.append(line)
                        events["order lines back ordered"] += 1
                        waits = True
                events["orders with back orders"] += waits

        # What the file credits is counted; the demo does not play it yet.
        for number in numbers:
            if documents[number]["class"] == "credit":
                rows_by["credit"] += len(documents[number]["rows"])

    fingerprint = zlib.crc32("".join(
        f"{code}={levels[code].on_hand:f}/{levels[code].reserved:f};" for code in sorted(codes)
    ).encode())
    return {
        "rows": sum(len(it["rows"]) for it in documents.values()),
        "days": len(days),
        "articles": len(codes),
        "rows_by_outcome": dict(sorted(rows_by.items())),
        "events": dict(sorted(events.items())),
        "money": {key: f"{value:f}" for key, value in sorted(money.items())},
        "stock": {
            "on_hand": f"{sum(levels[it].on_hand for it in codes):f}",
            "reserved": f"{sum(levels[it].reserved for it in codes):f}",
            "back_ordered": f"{sum(it.back_ordered for code in codes for it in levels[code].queue):f}",
            "crc32": f"{fingerprint:08x}",
        },
    }


if __name__ == "__main__":
    result = play(read(sys.argv[1]))
    assert result["rows"] == sum(result["rows_by_outcome"].values())
    print(json.dumps(result, indent=2))
