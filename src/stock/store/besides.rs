use std::collections::BTreeSet;

use sqlx::{FromRow, PgConnection};

use crate::books::Entry;
use crate::id::Environment;
use crate::stock::composition::Composition;
use crate::stock::selling::{Assignment, Buffer, Sellability};

/// What an environment has besides levels. Most merchants have little of it, and nothing is looked up where there
/// is nothing. Read at the same moment as the levels are.
#[derive(Clone, Copy, Debug, FromRow)]
pub struct Besides {
    /// Articles that are or were made of others.
    pub compositions: bool,
    /// Locations that serve some shops and not others.
    pub assignments: bool,
    /// Articles of which it was said whether they are for sale.
    pub sellability: bool,
    /// Units that are not for sale.
    pub buffers: bool,
}

impl Besides {
    /// Whether it has none of that, by which tables have nothing.
    pub fn is_nothing(empty: &BTreeSet<&'static str>) -> bool {
        let tables = [Composition::SPARSE, Assignment::SPARSE, Sellability::SPARSE, Buffer::SPARSE];
        tables.iter().all(|it| it.is_some_and(|it| empty.contains(it)))
    }

    /// Whether it has none of that.
    pub fn are_none(self) -> bool {
        let Besides { compositions, assignments, sellability, buffers } = self;
        !(compositions || assignments || sellability || buffers)
    }

    /// Asks.
    pub async fn levels_of(conn: &mut PgConnection, of: Environment) -> sqlx::Result<Besides> {
        sqlx::query_as(
            "
            select exists (select from composition where environment = $1) as compositions,
                exists (select from stock_assignment where environment = $1) as assignments,
                exists (select from sellability where environment = $1) as sellability,
                exists (select from stock_buffer where environment = $1) as buffers
            ",
        )
        .bind(of.0)
        .fetch_one(conn)
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::books::Books;
    use crate::id::SystemName;
    use crate::stock::{composition, selling};

    #[test]
    fn what_was_put_there_is_there() {
        let mut books = composition::books(selling::books(Books::new()));
        let sparse = books.sparse();
        books.are_empty(&sparse);
        assert!(Besides::is_nothing(&books.empty()));
        let shop = SystemName::stored("shop-a");
        books.of::<Assignment>().put(Assignment { shop, locations: Vec::new(), revision: 0 });
        assert!(!Besides::is_nothing(&books.empty()));
        // Of what nobody looked for nothing is known.
        assert!(!Besides::is_nothing(&Books::new().empty()));
    }
}
