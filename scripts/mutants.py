#!/usr/bin/env python3
"""Breaks the code on purpose, one way at a time, and sees whether a test turns red.

`make mutants` applies each mutation below to a copy of the last commit. One that no longer applies,
does not compile, or that every named test survives, fails the run: then the code has moved, or a
test guards nothing. `scripts/mutants.py NAME…` runs only those; `--check` only looks whether all of
them still apply.
"""

import os
import pathlib
import shutil
import signal
import subprocess
import sys

# name, file, what stands there (exactly once), what stands there instead, tests that must notice
MUTANTS = [
    (
        "what was found to be empty stays so, whatever the batch puts there",
        "src/books/book.rs",
        "        match self.pages.get(key).filter(|it| it.fetched) {",
        "        match self.pages.get(key).filter(|it| it.fetched && !self.empty) {",
        ["sim::stored", "stories"],
    ),
    (
        "nobody looks again after an earlier command of the batch",
        "src/lanes/batch.rs",
        "if books.are_dirty() {",
        "if false {",
        ["batches", "random", "sim::"],
    ),
    (
        "a tax may apply to more than its part comes to",
        "src/totals.rs",
        "part.taxes.iter().try_for_each(|tax| self.base_must_be_within(part, tax))?;",
        "let _ = part;",
        ["a_tax_applies_to_no_more_than_its_part"],
    ),
    (
        "a lane gives up where a connection broke meanwhile",
        "src/lanes/writer.rs",
        "for _ in 0..=LANES_MAX {",
        "for _ in 0..1 {",
        ["lanes"],
    ),
    (
        "what was decided before it had the lock is written although another server has written",
        "migrations/0097_taking_a_turn.sql",
        "if found.revision <> expected_revision or found.at is distinct from expected_at",
        "if false",
        ["what_another_server_has_written", "batches::ahead"],
    ),
    (
        "what has no revision is not noticed by what was decided before it had the lock",
        "migrations/0097_taking_a_turn.sql",
        "                or found.quiet_batches <> expected_quiet_batches\n",
        "",
        ["batches::ahead"],
    ),
    (
        "a clock that was set is not noticed",
        "migrations/0097_taking_a_turn.sql",
        "if abs(found.now - supposed_now) > 5000000 then",
        "if false then",
        ["only_what_is_supposed_rightly"],
    ),
    (
        "what takes the turn is not done first",
        "src/postgres/writes.rs",
        "    statements.sort_by_key(|it| !it.is_first);\n",
        "",
        ["lanes"],
    ),
    (
        "what reads is sent before what it reads is committed",
        "src/postgres/writes.rs",
        '|| first == Some("insert") && words.all(|it| it != "from")',
        '|| first == Some("insert")',
        ["what_reads_does_not_wait"],
    ),
    (
        "over a connection that is lost nothing is taken to have been written",
        "src/lanes/writer.rs",
        "Some(opened.mark) == mark && turn",
        "turn",
        ["batches::ahead"],
    ),
    (
        "who waited for the lock in vain is to blame",
        "src/lanes/blame.rs",
        'Some("57") if waited_for_the_lock(&**it) =>',
        'Some("57") if false && waited_for_the_lock(&**it) =>',
        ["a_lock_that_is_not_had"],
    ),
    (
        "a bell rings again before others have had as much time",
        "src/changes/bell.rs",
        "(2 * self.late",
        "(self.late",
        ["half_of_the_time_is_left_to_others"],
    ),
    (
        "what comes amid a pause of the bell is told before its end",
        "src/changes/bell.rs",
        "        if pause.is_zero() {\n            return self.ring(&mut rings);\n        }\n        let bell",
        "        if true {\n            return self.ring(&mut rings);\n        }\n        let bell",
        ["what_comes_amid_a_pause_is_told_behind_it"],
    ),
    (
        "a server does not listen to others",
        "src/changes/hub.rs",
        "any(|it| it == own_name)",
        "any(|it| it != own_name)",
        ["others_are_listened_to"],
    ),
    (
        "a page that was looked for last is found although it is gone",
        "src/books/pages.rs",
        "        *self.last.get_mut() = NONE;\n        let mut gone",
        "        let mut gone",
        ["pages"],
    ),
    (
        "where a new row lies is not known",
        "src/stock/store.rs",
        "const HAS_PLACE: bool = true;",
        "const HAS_PLACE: bool = false;",
        ["what_was_found_is_known"],
    ),
    (
        "what has no revision is written unnoticed by other servers",
        "src/lanes/batch.rs",
        "        if changes.is_empty() && !saved.is_empty() {",
        "        if false {",
        ["batches::ahead"],
    ),
    (
        "beside orders an upload is written in steps as large as alone",
        "src/lanes/queues.rs",
        "true if 0 < self.light_lately =>",
        "true if false =>",
        ["batches"],
    ),
    (
        "an upload alone is written in steps as small as beside orders",
        "src/lanes/queues.rs",
        "if self.was_heavy { self.light_lately.saturating_sub(1) } else { LATELY };",
        "LATELY;",
        ["batches"],
    ),
    (
        "what another server wrote between is left out by those who are told from memory",
        "src/changes/recent.rs",
        "if until != last || FRESH < at.elapsed() {",
        "if FRESH < at.elapsed() {",
        ["recent", "in_turn"],
    ),
    (
        "a watcher is told what was saved, however it is to look",
        "src/stock/service.rs",
        "if !saved.iter().all(|it| Besides::is_nothing(&it.empty)) {",
        "if false {",
        ["in_turn"],
    ),
    (
        "what was just saved is read again",
        "src/changes/reader.rs",
        "if head <= from || self.incarnation.number() != self.scope.incarnation {",
        "if true {",
        ["in_turn"],
    ),
    (
        "what goes into no message of a snapshot is passed over",
        "src/changes/reader.rs",
        "        items.truncate(fitting(items.iter().map(|it| it.entry.len())));\n"
        "        let Some(last) = items.last() else {",
        "        let whole = items.clone();\n"
        "        items.truncate(fitting(items.iter().map(|it| it.entry.len())));\n"
        "        let Some(last) = whole.last() else {",
        ["a_reader_who_accepts_nothing"],
    ),
    (
        "levels are told one by one although something is kept back of them",
        "src/stock/store/besides.rs",
        "!(compositions || assignments || sellability || buffers)",
        "!(compositions || assignments || sellability)",
        ["selling"],
    ),
    (
        "a line is closed although somebody still speaks over it",
        "src/door/plaintext.rs",
        "tokio::io::copy(&mut rest, &mut tokio::io::sink()).await",
        "std::io::Result::Ok(())",
        ["who_still_speaks"],
    ),
    (
        "a table that was found to be empty is taken for empty, whatever the batch puts there",
        "src/books/book.rs",
        "self.empty && self.pages.iter().all(|it| it.entry.is_none())",
        "self.empty",
        ["what_was_put_there_is_there"],
    ),
    (
        "where levels lie is forgotten once they are written",
        "src/postgres/writes.rs",
        "for_each(|(place, tid)| place.tell(tid))",
        "for_each(|(_, _)| {})",
        ["what_was_found_is_known"],
    ),
    (
        "a row is supposed to lie where the batch before the last has put it",
        "src/books/book.rs",
        "std::mem::replace(&mut page.place, becomes.clone());",
        "page.place.clone();\n                    if was.is_none() {\n                        page.place = becomes.clone();\n                    }\n                    let becomes = page.place.clone();",
        ["a_row_does_not_lie_where"],
    ),
    (
        "what is refused is not looked up, if it was supposed to be said for the first time",
        "src/books/mod.rs",
        "            self.of::<Identity>().want(name);\n        }\n        Err(refusal)",
        "            let _ = name;\n        }\n        Err(refusal)",
        ["what_would_end_otherwise_now"],
    ),
    (
        "what changes nothing is not looked up, if it was supposed to be said for the first time",
        "src/books/mod.rs",
        "(Ok(Ok((answer, replayed))), None) if is_kept => {",
        "(Ok(Ok((answer, replayed))), None) if is_kept || true => {",
        ["what_would_end_otherwise_now"],
    ),
    (
        "names are supposed to be new although one was just said again",
        "src/lanes/writer.rs",
        "Blame::Supposed => self.doubts = DOUBTS,",
        "Blame::Supposed => self.doubts = 0,",
        ["names_are_looked_up_once"],
    ),
    (
        "pages on which levels are updated are never swept",
        "src/stock/store/save.rs",
        "if !pages.is_empty() {",
        "if false {",
        ["pages_are_swept"],
    ),
    (
        "a level that was moved is lost",
        "migrations/0095_levels_tell_where_they_lie.sql",
        """            if coalesce(cardinality(lie_at), 0) <> cardinality(found_at) then
                raise exception 'levels do not lie where they were found'
                    using errcode = 'serialization_failure';
            end if;
            return lie_at;
        end
    $$;

revoke all on function update_stock_levels from public;""",
        """            return lie_at;
        end
    $$;

revoke all on function update_stock_levels from public;""",
        ["what_was_moved_is_looked_up_again"],
    ),
    (
        "what an order promises of a level is written as if nothing else had changed",
        "src/stock/store/save.rs",
        "(_, true, true, true) => Changed::Reserved,",
        "(_, true, true, _) => Changed::Reserved,",
        ["sim::", "random", "stories"],
    ),
    (
        "what was said of a level is written as if nothing were promised",
        "src/stock/store/save.rs",
        "(true, _, _, true) => Changed::Stated,",
        "(_, _, _, true) => Changed::Stated,",
        ["sim::", "random", "stories"],
    ),
    (
        "what became of a line in the batch that brought its order is lost",
        "src/orders/model/line.rs",
        "units.iter().chain(&papers).all(|it| it.is_zero()) && *acknowledged == 0",
        "units.iter().chain(&papers).all(|it| it.is_zero() || *acknowledged == 0)",
        ["random", "sim::"],
    ),
    (
        "of the next reading nothing but its figures is written",
        "src/stock/store/save.rs",
        "(true, _, true, true) => Changed::Figures,",
        "(true, _, _, true) => Changed::Figures,",
        ["sim::", "random", "stories"],
    ),
    (
        "two statements of one table are run as one",
        "src/postgres/writes.rs",
        "is_some_and(|it| it != table)",
        "is_some()",
        ["batches"],
    ),
    (
        "a batch takes along nobody who came while it waited for the lock",
        "src/lanes/writer.rs",
        "        queues.fill();\n",
        "",
        ["batches"],
    ),
    (
        "an answer does not wait for those that are ready with it",
        "src/door/together.rs",
        "        if self.have_others_gone {",
        "        if true {",
        ["together"],
    ),
    (
        "levels are not updated where they lie, but looked for",
        "migrations/0095_levels_tell_where_they_lie.sql",
        """reserveds
        numeric[], revisions bigint[], found_at tid[])
    returns tid[]
    language plpgsql
""",
        """reserveds
        numeric[], revisions bigint[], found_at tid[])
    returns tid[]
    language plpgsql
    set enable_tidscan = off
""",
        ["levels_are_updated_where_they_lie"],
    ),
    (
        "what was decided ahead is lost where the batch before it was not written",
        "src/lanes/writer.rs",
        "                        Err(jobs) => self.settle_alone(jobs).await,\n                    };",
        "                        Err(jobs) => drop(jobs),\n                    };",
        ["batches::ahead"],
    ),
    (
        "whoever would wait for much waits for it",
        "src/lanes/writer.rs",
        "if ahead.size.is_heavy { 1 } else { AHEAD_ROWS }",
        "AHEAD_ROWS",
        ["batches::ahead"],
    ),
    (
        "the books do not know that an entry was written",
        "src/books/book.rs",
        "entry.saved();",
        "",
        ["batches::ahead"],
    ),
    (
        "who wants what somebody else takes to be new is not told whether it exists",
        "src/books/book.rs",
        "if is_new || page.is_assumed {",
        "if is_new {",
        ["sim"],
    ),
    (
        "a connection whose begin failed goes home in its broken transaction",
        "src/lanes/store/turn.rs",
        "if self.stage != Stage::Idle {\n            drop(conn",
        "if false {\n            drop(conn",
        ["lanes"],
    ),
    (
        "the digits behind the point of a negative number",
        "src/decimal.rs",
        "let sign = if self.0 < 0 { NEGATIVE } else { 0 };",
        "let sign = if self.0 <= -ONE { NEGATIVE } else { 0 };",
        ["numbers"],
    ),
    (
        "two lines of one order are promised the same units",
        "src/stock/mod.rs",
        "*sum = sum.try_add(units)?;",
        "*sum = units.max(*sum);",
        ["compositions"],
    ),
    (
        "goods of a line are what the article is made of now",
        "src/orders/fulfil.rs",
        "Some(line) => self.lines[self.place_of(line)?].in_stock(units, Some(&told.location)),",
        "Some(line) => self.place_of(line).map(|_| vec![(told.clone(), units)]),",
        ["compositions"],
    ),
    (
        "a change of a part is not told of what it is in",
        "src/stock/composition/shown.rs",
        "keys.extend(composed(&key.sku).into_iter().map(|it| at(it, key)));",
        "let _ = key;",
        ["compositions"],
    ),
    (
        "an article with stock of its own becomes composed",
        "src/stock/composition/mod.rs",
        "if !was_composed && !declared.parts.is_empty() {",
        "if was_composed && declared.parts.is_empty() {",
        ["compositions"],
    ),
    (
        "back orders of a set are served for one part alone",
        "src/orders/serve.rs",
        "line.demand.iter_mut().find(|it| it.level == *key)",
        "line.demand.iter_mut().next()",
        ["compositions"],
    ),
    (
        "no undo of what a refused command put",
        "src/books/book.rs",
        "            page.entry = before;\n",
        "            drop(before);\n",
        ["batches", "lanes"],
    ),
    (
        "no lock around an environment",
        "src/lanes/store.rs",
        "select pg_advisory_xact_lock({LOCK_CLASS}, {of}), ",
        "select {LOCK_CLASS}, {of}, ",
        ["batches", "lanes"],
    ),
    (
        "a batch with a guilty command is not halved",
        "src/lanes/writer.rs",
        "Err(Blame::Command) if 1 < part.len() => {",
        "Err(Blame::Command) if 1_000_000 < part.len() => {",
        ["batches", "lanes"],
    ),
    (
        "a writer beside the lane is taken for a guilty command",
        "src/lanes/blame.rs",
        '_ if it.constraint() == Some("log_pkey") => Blame::Nobody,',
        '_ if it.constraint() == Some("log_pkey") => Blame::Command,',
        ["batches", "lanes"],
    ),
    (
        "locks of a dead Postgres are left alone",
        "src/postgres/embedded/folder.rs",
        "if is_alive && !is_anyone_in(data) {",
        "if !is_alive && !is_anyone_in(data) {",
        ["failures"],
    ),
    (
        "a killed Postgres stays dead",
        "src/postgres/embedded/launch.rs",
        '''        tracing::warn!(?ended, "Postgres has ended and is started again");''',
        '''        if ended.is_ok() {
            return;
        }''',
        ["failures"],
    ),
    (
        "everyone may call everything",
        "src/access/layer.rs",
        "if !kinds.contains(&caller.kind) {",
        "if !kinds.contains(&caller.kind) && kinds.is_empty() {",
        ["access"],
    ),
    (
        "an identity takes any content",
        "src/books/once.rs",
        "filter(|it| it.fingerprint == self.fingerprint);",
        "filter(|it| !it.fingerprint.is_empty());",
        ["admin"],
    ),
    (
        "another copy of the database goes unnoticed",
        "src/incarnation.rs",
        "Some((number, identifier, timeline)) if (identifier, timeline) == here => number,",
        "Some((number, identifier, timeline)) if (identifier, timeline) == here || true => number,",
        ["restore"],
    ),
    (
        "a task is handed to two at once",
        "src/inbox/model.rs",
        "let may = self.state == State::Waiting && self.available_at <= now;",
        "let may = self.available_at <= now;",
        ["inbox"],
    ),
    (
        "a stream hands out more than its client can take",
        "src/inbox/stream.rs",
        "self.open.leases_max.saturating_sub(self.held.len());",
        "self.open.leases_max.saturating_sub(self.held.len() / 2);",
        ["inbox_stream"],
    ),
    (
        "what was answered over a stream still takes room",
        "src/inbox/stream.rs",
        "_ => drop(self.held.remove(lease)),",
        "_ => {}",
        ["inbox_stream"],
    ),
    (
        "an old lease may still answer",
        "src/inbox/model.rs",
        "if held && lease.number == self.lease {",
        "if held && lease.number <= self.lease {",
        ["inbox"],
    ),
    (
        "nobody is woken when an order arrives",
        "src/orders/mod.rs",
        "    parking::wake(books, &name, at.now);\n",
        "",
        ["shipments", "stories"],
    ),
    (
        "units that become free are given to nobody",
        "src/orders/serve.rs",
        "freed.into_iter().try_for_each(|it| ServeOrders.serve(books, &it))",
        "freed.into_iter().try_for_each(|_| Ok(()))",
        ["shipments"],
    ),
    (
        "each unit is rounded by itself",
        "src/credit_notes/correct.rs",
        "let amount = after.lines[*place].try_sub(before.lines[*place])?;",
        "let amount = after.lines[*place];",
        ["credit_notes"],
    ),
    (
        "what was deducted of a prepayment may be deducted again",
        "src/invoices/prepayment.rs",
        "prepaid.deducted = prepaid.deducted.plus(&taken)?;",
        "prepaid.deducted = prepaid.deducted.plus(&Sums::nothing(taken.rates.len()))?;",
        ["prepayment"],
    ),
    (
        "a reversed invoice keeps what it deducted",
        "src/credit_notes/correct.rs",
        "restore_prepayments(books, &invoice, &wanted.charges, at)?;",
        "restore_prepayments(books, &invoice, &[], at)?;",
        ["prepayments"],
    ),
    (
        "of prepaid goods no more is credited than is still to be paid",
        "src/invoices/credited.rs",
        "let possible = self.total.try_add(deducted.total(self.price_mode)?)?;",
        "let possible = self.total;",
        ["prepayments"],
    ),
    (
        "more is credited than came back",
        "src/credit_notes/correct.rs",
        "let possible = left.min(here);",
        "let possible = left.max(here).max(*units);",
        ["credit_notes"],
    ),
    (
        "a movement that changes nothing else has no revision",
        "src/books/rows.rs",
        "if changes.is_empty() && !self.new.is_empty() {",
        "if !changes.is_empty() && self.new.is_empty() {",
        ["stock", "random"],
    ),
    (
        "an order of another world is found by its id",
        "src/orders/store.rs",
        "where environment = $1 and id = asked.id\n                limit 1",
        "where $1::int is not null and id = asked.id\n                limit 1",
        ["isolation"],
    ),
    (
        "a document may have a line too many",
        "src/wire/mod.rs",
        "pub const LINES_MAX: usize = 2_000;",
        "pub const LINES_MAX: usize = 2_001;",
        ["refusals"],
    ),
    (
        "a task is handed out before the one that it stands behind",
        "src/inbox/mod.rs",
        "let state = if last.is_done() { State::Waiting } else { State::Behind };",
        "let state = State::Waiting;",
        ["inbox"],
    ),
    (
        "a document that was given up keeps its number",
        "src/parking/fact.rs",
        "identities.remove(&fact.name());",
        "",
        ["parking"],
    ),
    (
        "an answered wish is answered again",
        "src/orders/cancellation/mod.rs",
        "if found.decision.is_some() {",
        "if found.decision.is_some() && found.lines.is_empty() {",
        ["cancellations"],
    ),
    (
        "what has left is amended away",
        "src/orders/amendment/apply.rs",
        "if possible < asked {",
        "if possible < asked && line.shipped.is_zero() {",
        ["amendments"],
    ),
    (
        "an amended order keeps charges of before",
        "src/orders/store.rs",
        "documents::forget_amounts(writes, of, &ids);",
        "",
        ["amendments"],
    ),
    (
        "what its carrier brought back unfit is sold again",
        "src/shipments/model.rs",
        "matches!(self, Undone::NeverLeft | Undone::Restock)",
        "!matches!(self, Undone::Quarantine)",
        ["shipments_undone"],
    ),
    (
        "a document changed by the batch that brought it loses its taxes",
        "src/orders/store.rs",
        "        wording(writes, of, &orders);",
        "        wording(writes, of, &orders.iter().copied().filter(|it| it.documents == 0).collect::<Vec<_>>());",
        ["random"],
    ),
    (
        "what becomes free in steps serves those who wait for the last step alone",
        "src/stock/queue.rs",
        "*sum = sum.try_add(units.max(Decimal::ZERO)).unwrap_or(*sum);",
        "*sum = units;",
        ["becomes_free"],
    ),
    (
        "an incident never ends",
        "src/incidents/mod.rs",
        "(Some(there), None) => there.end(now),",
        "(Some(there), None) => there,",
        ["incidents"],
    ),
    (
        "units do not share what a price reduction left",
        "src/invoices/credited.rs",
        "units: self.credited_quantity,",
        "units: Decimal::ZERO,",
        ["units_share", "price_reductions"],
    ),
    (
        "a settlement need not be the total",
        "src/credit_notes/settle.rs",
        "if settled != note.total {",
        "if false {",
        ["settlements"],
    ),
    (
        "a refund is not added up",
        "src/payments/mod.rs",
        "Event::Refunded => Some(&mut order.payments.refunded),",
        "Event::Refunded => None,",
        ["payments"],
    ),
    (
        "a reservation whose time is over is as good as any",
        "src/reservations/model.rs",
        "State::Held if self.until <= now => &State::Expired,",
        "State::Held if self.until < self.created_at => &State::Expired,",
        ["races"],
    ),
    (
        "whoever waits behind what an order gives up is not fetched",
        "src/orders/fulfil.rs",
        "room.add(&demand.level, demand.back_ordered);",
        "",
        ["amendments"],
    ),
    (
        "an order loses what is held for it to whoever is faster",
        "src/orders/fulfil.rs",
        "let taken = demand.missing(open)?.min(*held);",
        "let taken = demand.missing(open)?.min(*held).min(Decimal::ZERO);",
        ["reservations"],
    ),
    (
        "what an expired reservation held goes past whoever waits",
        "src/reservations/end.rs",
        "back_orders.serve(books, level)?;",
        "let _ = back_orders;",
        ["reservations"],
    ),
    (
        "what is held is handed out",
        "src/inbox/mod.rs",
        "books.of().put(Chain { held, ..chain });",
        "books.of().put(Chain { held: held && false, ..chain });",
        ["holds"],
    ),
    (
        "a shop's watch tells of other shops",
        "src/documents/store.rs",
        "and orders.id = head.order_id and orders.shop = all($2)",
        "and orders.id = head.order_id and orders.shop <> ''",
        ["changes::documents"],
    ),
    (
        "a preview issues the note",
        "src/credit_notes/preview.rs",
        "books.undo();\n        Ok(note)",
        "Ok(note)",
        ["credit_notes"],
    ),
    (
        "a preview of an order issues the notes",
        "src/credit_notes/preview.rs",
        "books.undo();\n        Ok(Some((order, notes)))",
        "Ok(Some((order, notes)))",
        ["credit_notes"],
    ),
    (
        "the newest invoice gives its units first",
        "src/credit_notes/preview.rs",
        "for invoice in invoices {",
        "for invoice in invoices.iter().rev() {",
        ["credit_notes"],
    ),
    (
        "an order is promised what its shop must leave",
        "src/stock/selling/mod.rs",
        "super::level(books, level).sellable_less(buffer)",
        "super::level(books, level).sellable_less(buffer.min(Decimal::ZERO))",
        ["selling"],
    ),
    (
        "whoever is kept from what is free holds up those behind it",
        "src/stock/queue.rs",
        "first.get_or_insert(position);",
        "first.get_or_insert(position);\n            return Ok(());",
        ["selling"],
    ),
    (
        "a shop whose locations change is sent no fresh snapshot",
        "src/stock/service.rs",
        'it.kind == "stock_assignment" && Some(&*it.key) == shop',
        'it.kind == "stock_assignments" && Some(&*it.key) == shop',
        ["selling"],
    ),
    (
        "what nobody has judged is credited",
        "src/returns/model/mod.rs",
        "if self.proof.is_some() { line.refundable() } else { line.units.accepted() }",
        "if self.proof.is_some() { line.refundable() } else { line.units.received() }",
        ["inspections"],
    ),
    (
        "what lies rejected in quarantine is rejected twice",
        "src/returns/model/units.rs",
        "units.min(self.rejected_apart),",
        "units.try_sub(units)?,",
        ["units"],
    ),
    (
        "a return that is closed keeps what it awaited",
        "src/returns/end.rs",
        "line.return_requested = line.return_requested.try_sub(awaited)?;",
        "",
        ["returns_ended", "random"],
    ),
    (
        "what turns up is not found again",
        "src/returns/receive.rs",
        "line.lost = line.lost.try_sub(found)?;",
        "",
        ["returns_ended"],
    ),
    (
        "a statement counts orders that were acknowledged after it was read",
        "src/stock/model/statement.rs",
        "through.is_some_and(|through| 0 < acknowledged && acknowledged <= through)",
        "through.is_some() && 0 < acknowledged",
        ["stock::model"],
    ),
    (
        "what leaves for an order that the ERP counts stays promised elsewhere",
        "src/stock/model/movement.rs",
        "self.committed = self.committed.try_sub(left)?;",
        "let _ = left;",
        ["stock::model", "statements"],
    ),
    (
        "what is available is judged by ledger numbers",
        "src/stock/model/movement.rs",
        "if left.is_zero() || statement.is_none_or(|it| it.available.is_none()) {",
        "if true {",
        ["stock::model"],
    ),
    (
        "a leader's statement contains what others tell, however new",
        "src/stock/model/movement.rs",
        "self.effects_through.is_none_or(|through| moved.revision <= through)",
        "self.effects_through.is_none_or(|_| true)",
        ["stock::model", "ownership"],
    ),
    (
        "everybody leads",
        "src/ownership/mod.rs",
        "if there.leader == *by {",
        "if there.leader == *by || true {",
        ["ownership"],
    ),
    (
        "a set is seen without what is kept back of its parts",
        "src/stock/composition/shown.rs",
        "sellable: whole(Seen::sellable),",
        "sellable: whole(|it| it.level.sellable()),",
        ["selling::composed"],
    ),
    (
        "a cart is held at main, wherever its shop sells from",
        "src/reservations/mod.rs",
        "place.unwrap_or(level.location)",
        "place.map(|_| level.location).unwrap_or_else(Location::main)",
        ["selling::composed"],
    ),
    (
        "what an amendment adds is not known to be ours",
        "src/orders/amendment/apply.rs",
        "fulfil::acknowledge_more(books, &mut amended.lines[nth], more, at)?;",
        "let _ = (nth, more);",
        ["statements", "random"],
    ),
    (
        "a part that is closed out is waited for in a set",
        "src/orders/promise.rs",
        "line.levels().map(|it| &it.sku).chain([&level.sku]);",
        "[&level.sku].into_iter();",
        ["selling::composed"],
    ),
    (
        "what could not be read of a stream is not told at its end",
        "src/wires/answer.rs",
        "refusal_in(&trailers).or_else(|| teller.unread.get().cloned());",
        "refusal_in(&trailers);",
        ["wires"],
    ),
    (
        "what is missing is told for ever",
        "src/stock/short.rs",
        "let finding = short.is_positive().then(|| {",
        "let finding = before.max(short).is_positive().then(|| {",
        ["incidents"],
    ),
    (
        "four stale readings in a row are an incident",
        "src/stock/model/stale.rs",
        "filter(|it| MANY <= it.readings)",
        "filter(|it| MANY - 1 <= it.readings)",
        ["incidents"],
    ),
    (
        "a row of stale readings is of whomever",
        "src/stock/model/stale.rs",
        "self.stale.take().filter(|it| it.by == *by)",
        "self.stale.take()",
        ["incidents"],
    ),
    (
        "a shop is told of movements everywhere",
        "src/stock/service.rs",
        "if narrowed.is_none_or(|it| !it.lets_through(&key)) {",
        "if narrowed.is_none() {",
        ["selling"],
    ),
    (
        "nobody is told that a prepayment is free again",
        "src/credit_notes/correct.rs",
        "parking::wake(books, &prepayment.name(), at.now);",
        "let _ = at;",
        ["prepayments"],
    ),
    (
        "what was taxed is deducted untaxed",
        "src/invoices/prepayment.rs",
        "in self.untaxed(&taken, &left)? {",
        "in self.untaxed(&taken, &left)?.into_iter().take(0) {",
        ["prepayments"],
    ),
    (
        "a mended order stays parked",
        "src/orders/amendment/mod.rs",
        "match inbox::mend(books, order.id, at)? {",
        "match false {",
        ["amendments"],
    ),
    (
        "an order whose sums were mended goes on, whatever else is wrong",
        "src/orders/mod.rs",
        "let wrong = unknown.or(sums);",
        "let wrong = sums.or(unknown);",
        ["amendments"],
    ),
    (
        "a lease that ended was given back once another has ended",
        "src/inbox/model.rs",
        "self.lease += 1 + self.lease % 2;",
        "self.lease += 1;",
        ["refusals::steps"],
    ),
    (
        "a wall that shows the rows of others",
        "src/postgres/migrate.rs",
        "'create policy wall on %I to erpsync_app using (environment = named_environment())'",
        "'create policy wall on %I to erpsync_app using (true)'",
        ["isolation"],
    ),
    (
        "a server starts although walls do not hold it",
        "src/postgres/migrate.rs",
        "and not row_security_active(class.oid)",
        "and false",
        ["isolation"],
    ),
    (
        "a gate opens an environment that was not named",
        "migrations/0061_walls.sql",
        "and of_environment = named_environment()",
        "",
        ["isolation"],
    ),
]

# A mutation under which tests never end was noticed too.
PATIENCE = 300

TOP = pathlib.Path(__file__).resolve().parent.parent
COPY = TOP / "target" / "mutants"
TREE = COPY / "tree"


def cargo(*arguments, patience=None):
    tests = subprocess.Popen(
        ["cargo", "test", "--quiet", *arguments],
        cwd=TREE,
        # A group of its own, which can be ended with all that it has started.
        start_new_session=True,
        # Compiled once and run once: what is quick to compile is quicker in sum.
        env={
            **os.environ,
            "CARGO_TARGET_DIR": str(COPY / "target"),
            "CARGO_PROFILE_DEV_OPT_LEVEL": "0",
            "CARGO_PROFILE_DEV_DEBUG": "0",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        output, _ = tests.communicate(timeout=patience)
        return tests.returncode == 0, output
    except subprocess.TimeoutExpired:
        os.killpg(tests.pid, signal.SIGKILL)
        return False, f"not done after {patience} s"


def judge(file, old, new, tests):
    """What is wrong with this mutation or its tests; None if a test turned red."""
    path = TREE / file
    text = path.read_text()
    if text.count(old) != 1:
        return f"no longer applies: found {text.count(old)} times in {file}"
    path.write_text(text.replace(old, new))
    try:
        compiles, output = cargo("--no-run")
        if not compiles:
            return "does not compile\n" + output
        survived, _ = cargo("--", *tests, patience=PATIENCE)
        return "SURVIVED: no test noticed" if survived else None
    finally:
        path.write_text(text)


def check():
    """Whether every mutation finds its place in the files as they are."""
    lost = [(it[0], it[1]) for it in MUTANTS if (TOP / it[1]).read_text().count(it[2]) != 1]
    for name, file in lost:
        print(f"no longer applies to {file}: {name}")
    return 1 if lost else 0


def main(names):
    if names == ["--check"]:
        return check()
    shutil.rmtree(TREE, ignore_errors=True)
    TREE.mkdir(parents=True)
    archive = subprocess.run(["git", "archive", "HEAD"], cwd=TOP, check=True, stdout=subprocess.PIPE)
    subprocess.run(["tar", "-x", "-C", TREE], input=archive.stdout, check=True)
    chosen = [it for it in MUTANTS if not names or any(name in it[0] for name in names)]
    faults = 0
    for name, file, old, new, tests in chosen:
        fault = judge(file, old, new, tests)
        faults += fault is not None
        print(f"{'killed' if fault is None else fault}: {name}", flush=True)
    print(f"{len(chosen) - faults} of {len(chosen)} mutations were noticed")
    return 1 if faults or not chosen else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
