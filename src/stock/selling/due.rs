//! What follows by itself: time moves an article's sale on, and a lowered buffer serves who waits.

use time::OffsetDateTime;

use super::{Article, Sellability};
use crate::books::{Books, Command, Moment, Weight};
use crate::decimal::Decimal;
use crate::due::{Due, DueKey, Follow};
use crate::error::{Refusal, Result};
use crate::id::Sku;
use crate::lanes::Lanes;
use crate::postgres::Reads;
use crate::stock::{Level, LevelKey, ServeBackOrders, store};

const SALE: &str = "stock.sale";
const BUFFERS: &str = "stock.buffers";

pub fn of_sale(sku: &Sku) -> DueKey {
    DueKey { kind: SALE, key: sku.to_string() }
}

pub fn of_buffers(sku: &Sku) -> DueKey {
    DueKey { kind: BUFFERS, key: sku.to_string() }
}

/// Comes back to an article when time changes whether it is sold. Wanted before.
pub fn come_back(books: &mut Books, article: &Article, now: OffsetDateTime) {
    let key = of_sale(&article.sku);
    match article.next_change(now) {
        Some(at) => books.of().put(Due { key, at }),
        None => books.of::<Due>().remove(&key),
    }
}

/// Time has come to look at an article again. Orders are judged by the clock and need it not; watches
/// are told by it.
struct MoveOn {
    sku: Sku,
}

impl Command for MoveOn {
    type Answer = ();

    fn needs(&self, books: &mut Books) {
        books.of::<Sellability>().want(&self.sku);
        books.of::<Due>().want(&of_sale(&self.sku));
    }

    fn decide(&self, books: &mut Books, at: Moment) -> Result<()> {
        let Some(mut there) = books.of::<Sellability>().get(&self.sku).cloned() else {
            books.of::<Due>().remove(&of_sale(&self.sku));
            return Ok(());
        };
        there.sale = there.said.at(at.now);
        come_back(books, &there.said, at.now);
        books.of().put(there);
        Ok(())
    }
}

/// Gives what lies free at these levels to whoever waits, and may have it now.
struct Serve {
    sku: Sku,
    levels: Vec<LevelKey>,
    back_orders: &'static dyn ServeBackOrders,
}

impl Command for Serve {
    type Answer = ();

    fn needs(&self, books: &mut Books) {
        books.of::<Due>().want(&of_buffers(&self.sku));
        for level in &self.levels {
            books.of::<Level>().want(level);
            self.back_orders.needs(books, level, Decimal::ZERO);
        }
    }

    fn decide(&self, books: &mut Books, _: Moment) -> Result<()> {
        books.of::<Due>().remove(&of_buffers(&self.sku));
        self.levels.iter().try_for_each(|it| self.back_orders.serve(books, it))
    }

    fn weight(&self) -> Weight {
        Weight { rows: 400, bytes: 512 }
    }
}

/// Follows articles whose sale begins or ends.
pub fn follow_time(lanes: Lanes) -> (&'static str, Follow) {
    let follow: Follow = Box::new(move |of, key| {
        let lane = lanes.of(of);
        Box::pin(async move { lane.run(MoveOn { sku: Sku::stored(&key) }).await.map(|_| ()) })
    });
    (SALE, follow)
}

/// Follows buffers that were lowered.
pub fn follow_buffers(
    lanes: Lanes,
    reads: Reads,
    back_orders: &'static dyn ServeBackOrders,
) -> (&'static str, Follow) {
    let follow: Follow = Box::new(move |of, key| {
        let (lane, reads) = (lanes.of(of), reads.clone());
        Box::pin(async move {
            let sku = Sku::stored(&key);
            let mut conn = reads.of(of).await.map_err(Refusal::of_read)?;
            let waiting = store::waiting(&mut conn, of, &sku).await;
            let levels = waiting.map_err(Refusal::of_read)?;
            drop(conn);
            lane.run(Serve { sku, levels, back_orders }).await.map(|_| ())
        })
    });
    (BUFFERS, follow)
}
