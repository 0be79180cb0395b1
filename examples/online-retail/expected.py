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
        self.code, self.price = row["code"], row["price"]
        self.ordered = row["quantity"]
        zero = Decimal(0)
        self.reserved = self.back_ordered = self.shipped = self.cancelled = zero
        self.invoiced = self.invoiced_amount = self.returned = zero
        self.credited = self.credited_units = zero


class Order:
    def __init__(self, number, rows):
        self.number, self.customer = number, rows[0]["customer"]
        self.lines = [Line(it) for it in rows if kind_of(it["code"]) == "goods"]
        self.charges = sum(
            (rounded(it["quantity"] * it["price"]) * (-1 if kind_of(it["code"]) == "discount" else 1)
             for it in rows if kind_of(it["code"]) != "goods"), Decimal(0))
        self.placed_on, self.is_invoiced, self.shipments = None, False, 0


    def total(self):
        return sum((rounded(it.ordered * it.price) for it in self.lines), self.charges)

    def change_of_mind(self):
        number, first = int(self.number), self.lines[0]
        which = number // 20 % 3
        if which == 1 and first.ordered > 1:
            return first, first.ordered - 1
        if which == 2 and len(self.lines) > 1:
            return self.lines[-1], Decimal(0)
        return first, first.ordered + 1


def change(levels, line, wished):
    """Nothing of it has left yet: what is too much is given up, what waits first; more may wait."""
    level, more = levels[line.code], wished - line.ordered
    line.ordered = wished
    if more > 0:
        promised = min(more, level.sellable())
        line.reserved += promised
        level.reserved += promised
        if more > promised:
            if not line.back_ordered:
                level.queue.append(line)
            line.back_ordered += more - promised
    else:
        waiting = min(-more, line.back_ordered)
        line.back_ordered -= waiting
        if waiting and not line.back_ordered:
            level.queue.remove(line)
        line.reserved -= -more - waiting
        level.reserved -= -more - waiting
        level.serve()


def is_possible(levels, order, line, wished):
    is_there = wished - line.ordered <= levels[line.code].sellable()
    return wished <= line.ordered or is_there or int(order.number) % 2 == 0


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

    orders, moved = [], set()
    by_article = collections.defaultdict(list)
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
                money["ordered"] += order.total()
                order.placed_on = day
                events["orders taken over"] += 1
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
                orders.append(order)
                for line in order.lines:
                    by_article[order.customer, line.code, line.price].append((order, line))
                if int(number) % 20 in (7, 8):
                    line, wished = order.change_of_mind()
                    if is_possible(levels, order, line, wished):
                        before = order.total()
                        change(levels, line, wished)
                        money["ordered"] += order.total() - before
                        events["amendments granted at once"] += 1
                    else:
                        events["amendments refused INSUFFICIENT_STOCK"] += 1

        # Evening: buyers change orders that the ERP has; it is asked for all of them, then does them.
        wishes = []
        for order in orders:
            if order.placed_on == day and int(order.number) % 20 in (13, 14):
                line, wished = order.change_of_mind()
                if is_possible(levels, order, line, wished):
                    wishes.append((order, line, wished))
                    events["amendments taken over"] += 1
                else:
                    events["amendments refused INSUFFICIENT_STOCK"] += 1
        for order, line, wished in wishes:
            before = order.total()
            change(levels, line, wished)
            money["ordered"] += order.total() - before

        # The ERP ships what is reserved, then invoices what is complete.
        is_last = nth == len(days) - 1
        open_orders = [it for it in orders if not it.is_invoiced]
        for order in open_orders:
            halves = int(order.number) % 5 == 0 and order.placed_on == day and not is_last
            lines = order.lines[::2] if halves else order.lines
            lines = [it for it in lines if it.reserved]
            for line in lines:
                level = levels[line.code]
                level.on_hand -= line.reserved
                level.reserved -= line.reserved
                line.shipped += line.reserved
                line.reserved = Decimal(0)
                moved.add(line.code)
            if lines:
                order.shipments += 1
                events["shipments"] += 1
        for order in open_orders:
            if is_last:
                waiting = [it for it in order.lines if it.back_ordered]
                for line in waiting:
                    line.cancelled += line.back_ordered
                    line.back_ordered = Decimal(0)
                    levels[line.code].queue.remove(line)
                if waiting:
                    events["orders cancelled in part"] += 1
            shipped = [it for it in order.lines if it.shipped]
            is_complete = all(it.shipped + it.cancelled == it.ordered for it in order.lines)
            if is_complete and shipped:
                for line in shipped:
                    line.invoiced = line.shipped
                    line.invoiced_amount = rounded(line.price * line.shipped)
                    money["invoiced"] += line.invoiced_amount
                money["invoiced"] += order.charges
                events["invoices"] += 1
            order.is_invoiced = is_complete

        # Night: what came back is credited.
        for number in numbers:
            if documents[number]["class"] != "credit":
                continue
            returns, free = collections.OrderedDict(), Decimal(0)
            for row in documents[number]["rows"]:
                units, match = -row["quantity"], None
                if kind_of(row["code"]) == "goods" and row["customer"]:
                    for order, line in reversed(by_article[row["customer"], row["code"], row["price"]]):
                        if order.is_invoiced and line.invoiced - line.returned >= units:
                            match = order, line
                            break
                if match:
                    order, line = match
                    line.returned += units
                    returns.setdefault(order.number, []).append((line, units))
                    rows_by["returned and credited"] += 1
                elif row["price"] == 0:
                    rows_by["nothing to credit"] += 1
                else:
                    free += rounded(units * row["price"])
                    rows_by["credited freely"] += 1
            for back in returns.values():
                events["returns"] += 1
                events["returns taken over"] += 1
                events["credit notes CORRECTION"] += 1
                for line, units in back:
                    so_far = line.credited
                    line.credited_units += units
                    line.credited = rounded(
                        line.invoiced_amount * line.credited_units / line.invoiced)
                    money["credited for returns"] += line.credited - so_far
                    if crc(line.code) % 4 != 0:
                        levels[line.code].on_hand += units
                        levels[line.code].serve()
                        moved.add(line.code)
                        events["units restocked"] += int(units)
                    else:
                        events["units scrapped"] += int(units)
            if free:
                events["credit notes FREE_CREDIT"] += 1
                money["credited freely"] += free

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
            "back_ordered": f"{sum((it.back_ordered for code in codes for it in levels[code].queue), Decimal(0)):f}",
            "crc32": f"{fingerprint:08x}",
        },
    }


if __name__ == "__main__":
    result = play(read(sys.argv[1]))
    assert result["rows"] == sum(result["rows_by_outcome"].values())
    print(json.dumps(result, indent=2))
