use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use erpsync::books::{Books, Command, Entry, Moment, Weight};
use erpsync::error::{Reason, Refusal, Result};
use erpsync::id::Environment;
use erpsync::lanes::{Announce, Committed};
use erpsync::postgres::{Writes, write};
use sqlx::{PgConnection, Row as _};
use time::OffsetDateTime;

/// Purses, one of which cannot be written.
pub const SCHEMA: &str = "
    create table purse (
        environment int              not null,
        name        text collate \"C\" not null,
        coins       bigint           not null,
        revision    bigint           not null,
        primary key (environment, name),
        constraint purse_not_cursed check (name <> 'cursed')
    );
    create table made (
        environment int              not null,
        name        text collate \"C\" not null,
        primary key (environment, name)
    );
    grant select, insert, update, delete on purse, made to erpsync_app;
";

#[derive(Clone, Debug, PartialEq)]
pub struct Purse {
    name: String,
    coins: i64,
    revision: i64,
    /// It is made once, as what a document says is written once.
    is_new: bool,
}

impl Entry for Purse {
    type Key = String;
    const KIND: Option<&'static str> = Some("purse");

    fn key(&self) -> String {
        self.name.clone()
    }

    fn stamp(&mut self, revision: i64) {
        self.revision = revision;
    }

    fn saved(&mut self) {
        self.is_new = false;
    }

    /// What is given to this one, nobody sees.
    fn quiet(&self, before: &Purse) -> bool {
        self.name == "quiet" && before.coins < self.coins
    }

    async fn load(
        conn: &mut PgConnection,
        of: Environment,
        keys: &[String],
    ) -> sqlx::Result<Vec<Purse>> {
        let rows = sqlx::query(
            "select name, coins, revision from purse where environment = $1 and name = any($2)",
        )
        .bind(of.0)
        .bind(keys)
        .fetch_all(conn)
        .await?;
        let purse = |row: sqlx::postgres::PgRow| {
            Ok(Purse {
                name: row.try_get(0)?,
                coins: row.try_get(1)?,
                revision: row.try_get(2)?,
                is_new: false,
            })
        };
        rows.into_iter().map(purse).collect()
    }

    fn save(writes: &mut Writes, of: Environment, purses: &[&Purse]) {
        let new: Vec<_> = purses.iter().filter(|it| it.is_new).map(|it| it.name.as_str()).collect();
        write(writes, "insert into made select $1, unnest($2::text[])").bind(of.0).bind(new);
        write(
            writes,
            "
            insert into purse
            select $1, unnest($2::text[]), unnest($3::bigint[]), unnest($4::bigint[])
            on conflict (environment, name) do update
            set coins = excluded.coins, revision = excluded.revision
            ",
        )
        .bind(of.0)
        .bind(purses.iter().map(|it| it.name.as_str()).collect::<Vec<_>>())
        .bind(purses.iter().map(|it| it.coins).collect::<Vec<_>>())
        .bind(purses.iter().map(|it| it.revision).collect::<Vec<_>>());
    }
}

pub fn books() -> Books {
    Books::new().with::<Purse>()
}

pub async fn coins(conn: &mut PgConnection, name: &str) -> i64 {
    let there = sqlx::query_scalar("select coins from purse where environment = 7 and name = $1")
        .bind(name)
        .fetch_optional(conn)
        .await;
    there.unwrap().unwrap_or(0)
}

/// Coins from one purse to another; the mint has as many as are asked of it. What cannot be paid is
/// refused only after both purses were put, so that a lacking undo shows.
#[derive(Clone, Debug)]
pub struct Give {
    pub from: String,
    pub to: String,
    pub coins: i64,
    pub decided: Arc<AtomicUsize>,
    pub heavy: bool,
}

impl Give {
    pub fn nothing() -> Give {
        let (from, to) = ("mint".into(), "nobody".into());
        Give { from, to, coins: 0, decided: Arc::default(), heavy: false }
    }

    /// The coins that a purse has after it got some.
    fn add(&self, books: &mut Books, name: &String, coins: i64) -> i64 {
        let book = books.of::<Purse>();
        let there = book.get(name).cloned();
        let is_new = there.is_none();
        let mut purse = there.unwrap_or_else(|| Purse {
            name: name.clone(),
            coins: 0,
            revision: 0,
            is_new: true,
        });
        purse.coins += coins;
        let now = purse.coins;
        if !is_new || coins != 0 {
            book.put(purse);
        }
        now
    }
}

impl Command for Give {
    type Answer = i64;

    fn needs(&self, books: &mut Books) {
        [&self.from, &self.to].into_iter().for_each(|it| books.of::<Purse>().want(it));
    }

    fn decide(&self, books: &mut Books, _at: Moment) -> Result<i64> {
        self.decided.fetch_add(1, Ordering::SeqCst);
        let is_minted = self.from == "mint";
        let left = if is_minted { 0 } else { self.add(books, &self.from, -self.coins) };
        let there = self.add(books, &self.to, self.coins);
        assert_ne!(self.to, "panic");
        if left < 0 {
            let message = format!("{} lacks {} coins", self.from, -left);
            return Err(Refusal::new(Reason::InsufficientStock, message));
        }
        Ok(there)
    }

    fn weight(&self) -> Weight {
        if self.heavy { Weight { rows: 1000, bytes: 1 } } else { Weight::default() }
    }

    fn is_heavy(&self) -> bool {
        self.heavy
    }
}

pub fn moment(revision: i64) -> Moment {
    Moment { now: OffsetDateTime::UNIX_EPOCH, revision }
}

/// The answer, and whether anything changed.
pub fn in_memory(books: &mut Books, give: &Give, revision: i64) -> Result<(i64, bool)> {
    books.ask(give);
    while books.assume_the_rest_is_absent() {
        books.ask(give);
    }
    let decided = books.decide(give, moment(revision))?;
    Ok((decided.answer, !decided.changes.is_empty()))
}

pub fn coins_in_memory(books: &mut Books, name: &String) -> i64 {
    books.of::<Purse>().peek(name).map_or(0, |it| it.coins)
}

/// Nobody watches purses.
pub struct Deaf;

impl Announce for Deaf {
    fn committed(&self, _of: Environment, _committed: Arc<Committed>) {}
    fn unknown(&self, _of: Environment) {}
}

/// Small, seeded, good enough.
pub struct Random(pub u64);

impl Random {
    /// A number below `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }
}
