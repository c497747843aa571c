//! What a platform can be asked to do, and where a request goes.

/// Something that a platform can be asked to do.
#[derive(Debug)]
pub(super) struct Operation {
    /// Its name, as faults use it.
    pub(super) name: &'static str,
    pub(super) method: &'static str,
    /// The path, `*` standing for the id in it.
    pub(super) path: &'static str,
    /// Whether that id is a call's.
    pub(super) of_call: bool,
    /// The scopes that it needs; of one with `|` in it either part will do. `None` where it needs no token at all.
    pub(super) scopes: Option<&'static [&'static str]>,
}

/// Where a request goes.
#[derive(Debug)]
pub(super) struct Route {
    pub(super) operation: &'static Operation,
    /// The id in the path; empty where it has none.
    pub(super) id: String,
    pub(super) query: Vec<(String, String)>,
}

impl Route {
    /// The call that it is about, where it is about one.
    pub(super) fn call(&self) -> Option<&str> {
        self.operation.of_call.then_some(self.id.as_str())
    }

    /// A parameter of the query.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }
}
