//! What is to be written: statements with all that is in them, made before they are run, so that Postgres
//! need not wait for the next one.

use serde::Serialize;
use sqlx::error::BoxDynError;
use sqlx::postgres::PgArguments;
use sqlx::{Arguments as _, Encode, PgConnection, Postgres, SqlSafeStr, SqlStr, Type};

/// Statements, in their order.
#[derive(Default)]
pub struct Writes(Vec<Write>);

/// A statement, and what is bound to it.
pub struct Write {
    sql: SqlStr,
    arguments: PgArguments,
    /// Why it cannot be run.
    failure: Option<BoxDynError>,
}

/// Adds a statement.
pub fn write(writes: &mut Writes, sql: impl SqlSafeStr) -> &mut Write {
    let sql = sql.into_sql_str();
    writes.0.push_mut(Write { sql, arguments: PgArguments::default(), failure: None })
}

impl Write {
    /// Binds the next of its parameters.
    pub fn bind<'t, T>(&mut self, value: T) -> &mut Write
    where
        T: Encode<'t, Postgres> + Type<Postgres>,
    {
        match self.arguments.add(value) {
            Ok(()) => self,
            Err(cause) => self.fail(cause),
        }
    }

    /// Binds values, written as JSON, as a column of texts.
    pub fn bind_json<'a, T: Serialize + 'a>(
        &mut self,
        values: impl IntoIterator<Item = Option<&'a T>>,
    ) -> &mut Write {
        let texts = values.into_iter().map(|it| it.map(serde_json::to_string).transpose());
        match texts.collect::<Result<Vec<_>, _>>() {
            Ok(texts) => self.bind(texts),
            Err(cause) => self.fail(cause),
        }
    }

    fn fail(&mut self, cause: impl Into<BoxDynError>) -> &mut Write {
        self.failure.get_or_insert(cause.into());
        self
    }
}

impl Writes {
    /// Says that what would have to be written cannot be.
    pub fn fail(&mut self, why: &'static str) {
        write(self, "").fail(why);
    }

    /// Runs them, one after the other, until one fails.
    pub async fn run(self, conn: &mut PgConnection) -> sqlx::Result<()> {
        for Write { sql, arguments, failure } in self.0 {
            if let Some(cause) = failure {
                return Err(sqlx::Error::Encode(cause));
            }
            sqlx::query_with(sql, arguments).execute(&mut *conn).await?;
        }
        Ok(())
    }
}
