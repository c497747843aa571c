//! Long answers, page by page. Each page after the first has a link of its own, which tells the same however often it is
//! asked.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::http::Response;
use crate::sim::answers::{Complaints, json_answer};

/// How many lists are kept for their later pages.
const KEPT: usize = 100;

/// A list that someone reads, as it was when it was asked for.
#[derive(Clone, Debug)]
struct List {
    path: &'static str,
    rows: Vec<Value>,
    size: usize,
}

/// The lists whose later pages may still be asked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Pages {
    lists: BTreeMap<u64, List>,
    begun: u64,
}

/// How a platform tells where the next page is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link<'l> {
    /// The address of the platform.
    pub(super) base_url: &'l str,
    /// The path of the operation.
    pub(super) path: &'static str,
    /// How the page is asked for, where the platform says so.
    pub(super) method: Option<&'static str>,
}

impl Pages {
    /// The first page of some rows.
    pub(super) fn first(&mut self, rows: Vec<Value>, size: usize, link: Link<'_>) -> Response {
        let size = size.max(1);
        if rows.len() <= size {
            return json_answer(200, &json!({ "results": rows }));
        }
        self.begun += 1;
        let path = link.path;
        self.lists.insert(self.begun, List { path, rows, size });
        while self.lists.len() > KEPT {
            self.lists.pop_first();
        }
        self.page(self.begun, 0, link).unwrap_or_default()
    }

    /// The page that a cursor names.
    pub(super) fn next(&self, cursor: &str, link: Link<'_>) -> Response {
        let page = cursor
            .split_once('-')
            .and_then(|(list, from)| self.page(list.parse().ok()?, from.parse().ok()?, link));
        page.unwrap_or_else(|| Complaints::of("cursor", "there is no such page").answer(400))
    }

    fn page(&self, number: u64, from: usize, link: Link<'_>) -> Option<Response> {
        let list = self.lists.get(&number)?;
        if list.path != link.path || from >= list.rows.len() || !from.is_multiple_of(list.size) {
            return None;
        }
        let rows: Vec<&Value> = list.rows.iter().skip(from).take(list.size).collect();
        let after = from + list.size;
        let mut body = json!({ "results": rows });
        if let (true, Some(body)) = (after < list.rows.len(), body.as_object_mut()) {
            let next = format!("{}{}?cursor={number}-{after}", link.base_url, link.path);
            body.insert("nextUri".to_owned(), next.into());
            if let Some(method) = link.method {
                body.insert("nextMethod".to_owned(), method.into());
            }
        }
        Some(json_answer(200, &body))
    }
}

/// The size of a page that was asked for, else the usual one.
pub(super) fn size(asked: Option<&Value>, usual: usize, complaints: &mut Complaints) -> usize {
    let whole = |asked: &Value| {
        let whole = asked.as_u64().or_else(|| asked.as_str()?.parse().ok());
        whole.filter(|size| (1..=1_000).contains(size))
    };
    match asked.filter(|asked| !asked.is_null()) {
        None => usual,
        Some(asked) => match whole(asked).and_then(|size| usize::try_from(size).ok()) {
            Some(size) => size,
            None => {
                complaints.add("pageSize", "must be an integer from 1 to 1000");
                usual
            }
        },
    }
}
