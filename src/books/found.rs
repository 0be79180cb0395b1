/// Where the database keeps an entry's row, as long as nobody has changed it since it was found.
///
/// No part of what the entry is: all of them are alike.
#[derive(Clone, Debug, Default)]
pub struct Found(Option<Box<str>>);

impl Found {
    /// There.
    pub fn at(place: &str) -> Found {
        Found(Some(place.into()))
    }

    /// The place, if it is known.
    pub fn place(&self) -> Option<&str> {
        self.0.as_deref()
    }
}

impl PartialEq for Found {
    fn eq(&self, _: &Found) -> bool {
        true
    }
}
