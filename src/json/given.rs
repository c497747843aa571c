//! JSON that somebody handed over, while it is read. It borrows what it tells: from the text itself, where our own reader of
//! such text goes all the way, or from a [`Value`].

use core::marker::PhantomData;
use core::slice;

use serde_json::map::{self, Map};
use serde_json::{Number, Value};

#[cfg(feature = "decide")]
use crate::json::read;
#[cfg(feature = "decide")]
use crate::json::tokens::{self, Siblings, Token, What};
use crate::json::{ToJson, parsed, put};

/// A text that was read.
#[derive(Debug)]
pub(crate) enum Document<'a> {
    /// By the parser that everybody uses.
    Value(Value, PhantomData<&'a str>),
    /// By ours.
    #[cfg(feature = "decide")]
    Tokens(Vec<Token<'a>>),
}

impl<'a> Document<'a> {
    /// Reads a text.
    ///
    /// # Errors
    /// One line where it is no JSON.
    pub(crate) fn read(text: &'a str) -> Result<Self, String> {
        #[cfg(feature = "decide")]
        if let Some(tokens) = read::read(text) {
            return Ok(Self::Tokens(tokens));
        }
        Ok(Self::Value(parsed(text.as_bytes())?, PhantomData))
    }

    pub(crate) fn given(&self) -> Given<'_> {
        match self {
            Self::Value(value, _) => value.into(),
            #[cfg(feature = "decide")]
            Self::Tokens(tokens) => Given(Form::Tokens(tokens)),
        }
    }
}

/// A value in JSON that somebody handed over. It is handed on by copy.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a>(Form<'a>);

#[derive(Clone, Copy, Debug)]
enum Form<'a> {
    Value(&'a Value),
    /// The first is the value itself, the others are what it holds.
    #[cfg(feature = "decide")]
    Tokens(&'a [Token<'a>]),
}

/// What kind of value it is, and what it says.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shape<'a> {
    Null,
    Flag(bool),
    Number(&'a Number),
    Text(&'a str),
    List(List<'a>),
    Object(Object<'a>),
}

impl<'a> From<&'a Value> for Given<'a> {
    fn from(value: &'a Value) -> Self {
        Self(Form::Value(value))
    }
}

impl<'a> Given<'a> {
    // In place, each caller keeps the one arm that it asks for.
    #[inline(always)]
    pub(crate) fn shape(self) -> Shape<'a> {
        match self.0 {
            Form::Value(Value::Null) => Shape::Null,
            Form::Value(Value::Bool(flag)) => Shape::Flag(*flag),
            Form::Value(Value::Number(number)) => Shape::Number(number),
            Form::Value(Value::String(text)) => Shape::Text(text),
            Form::Value(Value::Array(items)) => Shape::List(List(Items::Values(items))),
            Form::Value(Value::Object(fields)) => Shape::Object(Object(Members::Values(fields))),
            #[cfg(feature = "decide")]
            Form::Tokens(tokens) => match tokens.split_first() {
                None => Shape::Null,
                Some((token, inner)) => match &token.what {
                    What::Null => Shape::Null,
                    What::Flag(flag) => Shape::Flag(*flag),
                    What::Number(number) => Shape::Number(number),
                    What::Text(text) => Shape::Text(text),
                    What::List(count) => Shape::List(List(Items::Tokens(inner, *count))),
                    What::Object(count) => Shape::Object(Object(Members::Tokens(inner, *count))),
                },
            },
        }
    }

    /// Whether it is null.
    pub fn is_null(self) -> bool {
        matches!(self.shape(), Shape::Null)
    }

    /// Whether it is true or false, and which.
    pub fn as_bool(self) -> Option<bool> {
        match self.shape() {
            Shape::Flag(flag) => Some(flag),
            _ => None,
        }
    }

    /// The number, where it is one.
    pub fn as_number(self) -> Option<&'a Number> {
        match self.shape() {
            Shape::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The number as a float, where it is one.
    pub fn as_f64(self) -> Option<f64> {
        self.as_number()?.as_f64()
    }

    /// The text, where it is one.
    pub fn as_str(self) -> Option<&'a str> {
        match self.shape() {
            Shape::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The list, where it is one.
    pub fn as_list(self) -> Option<List<'a>> {
        match self.shape() {
            Shape::List(list) => Some(list),
            _ => None,
        }
    }

    /// The object, where it is one.
    pub fn as_object(self) -> Option<Object<'a>> {
        match self.shape() {
            Shape::Object(object) => Some(object),
            _ => None,
        }
    }

    /// A field, where it is an object that has it.
    pub fn get(self, name: &str) -> Option<Given<'a>> {
        match self.0 {
            Form::Value(value) => value.get(name).map(Given::from),
            #[cfg(feature = "decide")]
            Form::Tokens(_) => self.as_object()?.get(name),
        }
    }

    /// As text: the keys of objects in order, without white space.
    pub(crate) fn put(self, out: &mut String) {
        match self.0 {
            Form::Value(value) => put(value, out),
            #[cfg(feature = "decide")]
            Form::Tokens(list) => tokens::put(list, out),
        }
    }

    /// The same as a text of its own.
    pub fn text(self) -> String {
        let mut out = String::with_capacity(512);
        self.put(&mut out);
        out
    }
}

impl ToJson for Given<'_> {
    fn to_json(&self) -> Value {
        match self.shape() {
            Shape::Null => Value::Null,
            Shape::Flag(flag) => flag.into(),
            Shape::Number(number) => number.clone().into(),
            Shape::Text(text) => text.into(),
            Shape::List(list) => list.iter().map(|item| item.to_json()).collect(),
            Shape::Object(object) => {
                let mut fields = Map::new();
                for (name, value) in object.iter() {
                    fields.insert(name.to_owned(), value.to_json());
                }
                Value::Object(fields)
            }
        }
    }
}

/// What a list or an object holds, one after the other. An item of a list has no name.
#[derive(Clone, Debug)]
enum Inner<'a> {
    Items(slice::Iter<'a, Value>),
    Fields(map::Iter<'a>),
    #[cfg(feature = "decide")]
    Tokens(Siblings<'a>),
}

impl<'a> Iterator for Inner<'a> {
    type Item = (&'a str, Given<'a>);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Self::Items(items) => items.next().map(|item| ("", item.into())),
            Self::Fields(fields) => fields
                .next()
                .map(|(name, value)| (name.as_str(), value.into())),
            #[cfg(feature = "decide")]
            Self::Tokens(siblings) => siblings
                .next()
                .map(|(name, tokens)| (name, Given(Form::Tokens(tokens)))),
        }
    }
}

/// A list that somebody handed over.
#[derive(Clone, Copy, Debug)]
pub struct List<'a>(Items<'a>);

#[derive(Clone, Copy, Debug)]
enum Items<'a> {
    Values(&'a [Value]),
    /// What it holds, and how many of these are its own items.
    #[cfg(feature = "decide")]
    Tokens(&'a [Token<'a>], usize),
}

impl Default for List<'_> {
    fn default() -> Self {
        Self(Items::Values(&[]))
    }
}

impl<'a> List<'a> {
    /// How many items it has.
    pub const fn len(self) -> usize {
        match self.0 {
            Items::Values(items) => items.len(),
            #[cfg(feature = "decide")]
            Items::Tokens(_, count) => count,
        }
    }

    /// Whether it has none.
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Its items, in order.
    #[inline]
    pub fn iter(self) -> impl Iterator<Item = Given<'a>> + Clone + use<'a> {
        let inner = match self.0 {
            Items::Values(items) => Inner::Items(items.iter()),
            #[cfg(feature = "decide")]
            Items::Tokens(tokens, _) => Inner::Tokens(Siblings(tokens)),
        };
        inner.map(|(_, item)| item)
    }

    /// An item by its place, from 0.
    pub fn get(self, at: usize) -> Option<Given<'a>> {
        self.iter().nth(at)
    }
}

/// An object that somebody handed over. Each of its fields has another name.
#[derive(Clone, Copy, Debug)]
pub struct Object<'a>(Members<'a>);

#[derive(Clone, Copy, Debug)]
enum Members<'a> {
    Values(&'a Map<String, Value>),
    #[cfg(feature = "decide")]
    Tokens(&'a [Token<'a>], usize),
}

impl<'a> Object<'a> {
    /// How many fields it has.
    pub(crate) fn len(self) -> usize {
        match self.0 {
            Members::Values(fields) => fields.len(),
            #[cfg(feature = "decide")]
            Members::Tokens(_, count) => count,
        }
    }

    /// A field.
    pub fn get(self, name: &str) -> Option<Given<'a>> {
        match self.0 {
            Members::Values(fields) => fields.get(name).map(Given::from),
            #[cfg(feature = "decide")]
            Members::Tokens(tokens, _) => Siblings(tokens)
                .find(|(other, _)| *other == name)
                .map(|(_, tokens)| Given(Form::Tokens(tokens))),
        }
    }

    /// Its fields, in whichever order is quickest.
    #[inline]
    pub(crate) fn iter(self) -> impl Iterator<Item = (&'a str, Given<'a>)> + Clone + use<'a> {
        match self.0 {
            Members::Values(fields) => Inner::Fields(fields.iter()),
            #[cfg(feature = "decide")]
            Members::Tokens(tokens, _) => Inner::Tokens(Siblings(tokens)),
        }
    }

    /// Its fields, in the order of their names.
    pub fn in_order(self) -> Vec<(&'a str, Given<'a>)> {
        let fields: Vec<_> = self.iter().collect();
        // A map has them in order; in a text they stand in any.
        #[cfg(feature = "decide")]
        let fields = {
            let mut fields = fields;
            fields.sort_unstable_by_key(|(name, _)| *name);
            fields
        };
        fields
    }
}
