//! Who may ask: clients with their secrets and scopes, and the tokens that were issued to them. It knows no HTTP.
//!
//! Until a client is registered, any client and any token will do: whoever tests transfers wants no ceremony.

use core::time::Duration;
use std::collections::BTreeMap;

use crate::error::{Code, Error};
use crate::private::Private;
use crate::time::Timestamp;

/// How long a token is good for.
pub(super) const EXPIRES_IN: Duration = Duration::from_secs(3_600);

/// A client as it is registered.
#[derive(Clone, Debug)]
pub(super) struct Client {
    pub(super) id: String,
    pub(super) secret: Private<String>,
    /// The scopes that it holds; `None` for all that there are.
    pub(super) scopes: Option<Vec<String>>,
}

/// A token that was issued.
#[derive(Clone, Debug)]
struct Grant {
    client: String,
    scopes: Option<Vec<String>>,
    until: Timestamp,
}

/// Why a token is not issued.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// The client is not known, or its secret is another one.
    Client,
    /// The client does not hold a scope that it asks for.
    Scope,
}

/// Why a token does not open an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Denied {
    /// It was never issued, or is over.
    Token,
    /// It lacks a scope.
    Scope,
}

/// The clients of a platform, and their tokens.
#[derive(Clone, Debug, Default)]
pub(super) struct Access {
    clients: BTreeMap<String, Client>,
    grants: BTreeMap<String, Grant>,
}

impl Access {
    pub(super) fn add_client(&mut self, client: Client) -> Result<(), Error> {
        if self.clients.contains_key(&client.id) {
            let message = format!("there is a client `{}` already", client.id);
            return Err(
                Error::new(Code::Duplicate, message).with_hint("give each client its own id")
            );
        }
        self.clients.insert(client.id.clone(), client);
        Ok(())
    }

    /// The registered clients, by id.
    pub(super) fn clients(&self) -> impl Iterator<Item = &Client> {
        self.clients.values()
    }

    /// Issues `token` to a client, with the scopes that it asks for, else with all that it holds. Returns the scopes as the
    /// platform tells them; `None` where they were not named anywhere.
    pub(super) fn issue(
        &mut self,
        token: &str,
        [id, secret]: [&str; 2],
        asked: Option<&str>,
        now: Timestamp,
    ) -> Result<Option<String>, Refused> {
        let client = self.clients.get(id);
        let known = client.is_some_and(|client| client.secret.reveal() == secret);
        if !self.clients.is_empty() && !known {
            return Err(Refused::Client);
        }
        let held = client.and_then(|client| client.scopes.as_ref());
        let asked = asked.filter(|asked| !asked.trim().is_empty());
        let scopes = match asked {
            None => held.cloned(),
            Some(asked) => {
                let asked: Vec<_> = asked.split_whitespace().map(str::to_owned).collect();
                if held.is_some_and(|held| asked.iter().any(|scope| !held.contains(scope))) {
                    return Err(Refused::Scope);
                }
                Some(asked)
            }
        };
        let told = scopes.as_ref().map(|scopes| scopes.join(" "));
        let grant = Grant {
            client: id.to_owned(),
            scopes,
            until: now.after(EXPIRES_IN),
        };
        self.grants.insert(token.to_owned(), grant);
        Ok(told)
    }

    /// Whether a token opens an operation that needs these scopes. Of a scope with `|` in it either part will do.
    pub(super) fn check(&self, token: &str, needed: &[&str], now: Timestamp) -> Result<(), Denied> {
        let Some(grant) = self.grants.get(token) else {
            let open = self.clients.is_empty();
            return if open { Ok(()) } else { Err(Denied::Token) };
        };
        if grant.until <= now {
            return Err(Denied::Token);
        }
        let holds = |scope: &str| match &grant.scopes {
            Some(scopes) => scopes.iter().any(|held| held == scope),
            None => true,
        };
        let opened = needed.iter().all(|needed| needed.split('|').any(holds));
        if opened { Ok(()) } else { Err(Denied::Scope) }
    }

    /// The client to whom a token was issued.
    pub(super) fn holder(&self, token: &str) -> Option<&str> {
        self.grants.get(token).map(|grant| grant.client.as_str())
    }
}
