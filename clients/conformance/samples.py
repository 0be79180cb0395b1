"""Plays the five samples of a language, in order, as a reader of its README would."""

import pathlib
import tempfile

from languages import Failed
from server import fresh


def play(language, server):
    tokens = server.environment(f"{language.name}-samples")
    environment = {
        "ERPSYNC_ADDRESS": server.address,
        "ERPSYNC_ERP_TOKEN": tokens["erp"],
        "ERPSYNC_SHOP_TOKEN": tokens["shop-a"],
    }

    def ask(method, request, of="erp"):
        return server.call(method, request, tokens[of])

    def sample(name, *arguments):
        _, out, _ = language.do("sample", name, *arguments, environment=environment)
        if not out.strip():
            raise Failed(f"the sample {name} says nothing")
        return out

    def must(holds, name, what, out):
        if not holds:
            raise Failed(f"the sample {name}: {what}\n" + "".join(f"    {it}\n" for it in out.splitlines()))

    with tempfile.TemporaryDirectory() as folder:
        token = pathlib.Path(folder) / "watch_stock.token"

        out = sample("set_stock")
        levels = {it["sku"]: it for it in ask("StockService/ListStock", {}).get("levels", [])}
        stated = {sku: it.get("onHand") for sku, it in levels.items()}
        must(stated == {"MUG": "5", "CUP": "2.5"}, "set_stock", f"stock is {stated}", out)

        out = sample("watch_stock", "3", str(token))
        must("MUG 5" in out and "CUP 2.5" in out, "watch_stock", "it does not tell MUG 5 and CUP 2.5", out)
        must(token.is_file() and token.read_text().strip(), "watch_stock", "it has kept no token", out)
        ask("StockService/SetStock", {"requestId": fresh(), "readings": [{"sku": "MUG", "onHand": "17"}]})
        out = sample("watch_stock", "1", str(token))
        must("MUG 17" in out, "watch_stock", "started again, it does not tell the change: MUG 17", out)
        must("CUP" not in out, "watch_stock", "started again, it tells what was told: CUP", out)

        out = sample("submit_order")
        order = {"order": {"external": {"system": "shop-a", "externalId": "4711"}}}
        seen = ask("OrderService/GetOrder", order)["order"]
        promised = [it.get("reserved") for it in seen["quantities"]]
        must(promised == ["2", "1.5"], "submit_order", f"reserved is {promised}", out)

        out = sample("take_orders")
        seen = ask("OrderService/GetOrder", order)["order"]
        must(seen.get("erpNumber") == "SO-4711", "take_orders", "the order is not SO-4711 at the ERP", out)
        must(seen["status"] == "ORDER_STATUS_SHIPPED", "take_orders", f"the order is {seen['status']}", out)
        shipments = [it["externalShipmentId"] for it in seen.get("shipments", [])]
        must(shipments == ["DN-4711"], "take_orders", f"shipped is {shipments}", out)
        invoices = [(it["externalInvoiceId"], it["total"]) for it in seen.get("invoices", [])]
        must(invoices == [("IN-4711", "25.9")], "take_orders", f"invoiced is {invoices}", out)

        out = sample("credit_return")
        notes = ask("CreditNoteService/ListCreditNotes", {}, "shop-a").get("creditNotes", [])
        credited = [(it["externalCreditNoteId"], it["total"]) for it in notes]
        must(credited == [("CN-4711", "9.95")], "credit_return", f"credited is {credited}", out)
        must("9.95" in out, "credit_return", "it does not tell the credit note: 9.95", out)

        # Who runs them again changes nothing, because every write has an identity.
        for name in ("submit_order", "take_orders", "credit_return"):
            sample(name)
        seen = ask("OrderService/GetOrder", order)["order"]
        facts = (len(seen["shipments"]), len(seen["invoices"]))
        notes = ask("CreditNoteService/ListCreditNotes", {}, "shop-a").get("creditNotes", [])
        must((*facts, len(notes)) == (1, 1, 1), "take_orders", "run again, something happened twice", out)
