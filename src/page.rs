//! Lists, a page at a time: how large, from where on, and how the next one is asked for.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;

use crate::error::{Reason, Refusal, Result};

/// Entries of a page if nobody says otherwise.
pub const SIZE_DEFAULT: i32 = 100;
/// Entries of a page at most; whoever asks for more gets so many.
pub const SIZE_MAX: i32 = 1_000;

const VERSION: u8 = 1;
const FILTER_BYTES: usize = 8;

/// Which page of a list is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// How many entries it has at most.
    pub size: i32,
    /// The key of the last entry before it; `None` for the first page.
    pub after: Option<String>,
    filter: [u8; FILTER_BYTES],
}

impl Page {
    /// What a request asks for. `filter` is all that decides what the list holds and how it is
    /// ordered, begun with the name of the list: a page token is good for the same filter only.
    pub fn asked(page_size: i32, page_token: &str, filter: &impl Serialize) -> Result<Page> {
        let size = match page_size {
            ..0 => return Err(Refusal::field("page_size", "must not be negative")),
            0 => SIZE_DEFAULT,
            size => size.min(SIZE_MAX),
        };
        let content = serde_json::to_vec(filter).map_err(Refusal::internal)?;
        let mut digest = [0; FILTER_BYTES];
        digest.copy_from_slice(&blake3::hash(&content).as_bytes()[..FILTER_BYTES]);
        let mut page = Page { size, after: None, filter: digest };
        if !page_token.is_empty() {
            let after = page.read(page_token).ok_or_else(|| {
                Refusal::new(
                    Reason::PageTokenInvalid,
                    "the page token is damaged or belongs to another request; start at page one",
                )
            })?;
            page.after = Some(after);
        }
        Ok(page)
    }

    /// How many rows to read: one more than are shown tells whether there is a next page.
    pub fn limit(&self) -> i64 {
        i64::from(self.size) + 1
    }

    /// Cuts rows that were read up to [`Page::limit`] to the page; answers the token of the next
    /// one, empty where this is the last. `key` is what [`Page::after`] will say.
    pub fn cut<T>(&self, rows: &mut Vec<T>, key: impl FnOnce(&T) -> String) -> String {
        let size = self.size as usize;
        if rows.len() <= size {
            return String::new();
        }
        rows.truncate(size);
        rows.last().map(|it| self.token(&key(it))).unwrap_or_default()
    }

    fn token(&self, after: &str) -> String {
        let mut bytes = vec![VERSION];
        bytes.extend(self.filter);
        bytes.extend(after.as_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    fn read(&self, token: &str) -> Option<String> {
        let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
        let rest = bytes.strip_prefix(&[VERSION])?.strip_prefix(&self.filter)?;
        // What a database cannot hold was not made here.
        String::from_utf8(rest.to_vec()).ok().filter(|it| !it.is_empty() && !it.contains('\0'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_follows_from_the_one_before() {
        let first = Page::asked(2, "", &("things", "red")).unwrap();
        assert_eq!((first.limit(), &first.after), (3, &None));
        let mut rows = vec![1, 2, 3];
        let token = first.cut(&mut rows, |it| it.to_string());
        assert_eq!(rows, [1, 2]);
        let second = Page::asked(2, &token, &("things", "red")).unwrap();
        assert_eq!(second.after.as_deref(), Some("2"));
        assert_eq!(second.cut(&mut vec![3, 4], |it| it.to_string()), "");
    }

    #[test]
    fn sizes_are_lowered_and_foreign_tokens_refused() {
        let size = |it| Page::asked(it, "", &"things").map(|it| it.size);
        assert_eq!((size(0), size(1_001)), (Ok(100), Ok(1_000)));
        assert!(size(-1).is_err());
        let token = Page::asked(1, "", &"things").unwrap().token("a");
        assert!(Page::asked(1, &token, &"things").is_ok());
        for (token, filter) in [(&*token, "other"), (&token[1..], "things"), ("!", "things")] {
            let refused = Page::asked(1, token, &filter).unwrap_err();
            assert_eq!(refused.reason, Reason::PageTokenInvalid, "{token}");
        }
    }
}
