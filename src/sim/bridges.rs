//! The bridges that were made, and for which requests: a request that comes again is told what it was told before.

use std::collections::BTreeMap;

use crate::http::Response;

/// A bridge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bridge {
    pub(super) id: String,
    pub(super) call: String,
    pub(super) direction: String,
    /// The numbers that joined the call, in their order.
    pub(super) targets: Vec<String>,
}

/// What a request id was used for.
#[derive(Clone, Debug)]
struct Told {
    call: String,
    payload: Vec<u8>,
    response: Response,
}

/// All bridges, in the order in which they were made.
#[derive(Clone, Debug, Default)]
pub(super) struct Bridges {
    made: Vec<Bridge>,
    told: BTreeMap<String, Told>,
}

impl Bridges {
    /// What the request was told before: `Err` where its id belongs to another one.
    pub(super) fn before(
        &self,
        request_id: &str,
        call: &str,
        payload: &[u8],
    ) -> Option<Result<&Response, ()>> {
        let told = self.told.get(request_id)?;
        let same = told.call == call && told.payload == payload;
        Some(if same { Ok(&told.response) } else { Err(()) })
    }

    /// Writes a bridge down, with what the request was told.
    pub(super) fn add(
        &mut self,
        bridge: Bridge,
        request_id: Option<&str>,
        payload: &[u8],
        response: &Response,
    ) {
        if let Some(request_id) = request_id {
            let told = Told {
                call: bridge.call.clone(),
                payload: payload.to_vec(),
                response: response.clone(),
            };
            self.told.insert(request_id.to_owned(), told);
        }
        self.made.push(bridge);
    }

    pub(super) fn made(&self) -> &[Bridge] {
        &self.made
    }
}
