//! Going through JSON text without building anything from it: for answers that are long, and of which little is wanted.
//!
//! It holds a text to JSON's grammar as far as it looks: strings end, brackets match, fields have values. What it passes
//! over is not looked into: the spelling of numbers, which escapes a string uses, and what stands between the brackets of
//! a value that nobody wants.

use serde_json::Value;

use crate::json::blocks::{closed, quote_or_backslash};

/// How deep values may be nested.
const DEEPEST: u32 = 128;

/// The place, in bytes, where a text is no JSON, or not what was looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flaw(pub usize);

/// A place in a JSON text.
#[derive(Debug)]
pub struct Scanner<'a> {
    text: &'a [u8],
    at: usize,
    depth: u32,
}

/// A string as it stands between its quotes.
#[derive(Clone, Copy, Debug)]
pub struct Quoted<'a> {
    raw: &'a [u8],
    escaped: bool,
}

impl Quoted<'_> {
    /// Whether the string says this.
    #[inline(always)]
    pub fn is(&self, word: &str) -> bool {
        if self.escaped {
            self.reads(word)
        } else {
            self.raw.len() == word.len() && self.raw == word.as_bytes()
        }
    }

    /// The same for a string with escapes.
    fn reads(&self, word: &str) -> bool {
        let quoted = [b"\"", self.raw, b"\""].concat();
        serde_json::from_slice::<Value>(&quoted).is_ok_and(|text| text.as_str() == Some(word))
    }
}

impl<'a> Scanner<'a> {
    /// Begins at the start of a text.
    pub const fn new(text: &'a [u8]) -> Self {
        Self {
            text,
            at: 0,
            depth: 0,
        }
    }

    /// The next byte that is not white space, which is not passed.
    #[inline(always)]
    pub fn peek(&mut self) -> Option<u8> {
        loop {
            let byte = *self.text.get(self.at)?;
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return Some(byte);
            }
            self.at += 1;
        }
    }

    /// Passes this byte, which must come next.
    ///
    /// # Errors
    /// Where another comes.
    #[inline(always)]
    pub fn pass(&mut self, byte: u8) -> Result<(), Flaw> {
        if self.peek() == Some(byte) {
            self.at += 1;
            Ok(())
        } else {
            Err(Flaw(self.at))
        }
    }

    /// Passes a string, and hands it over.
    ///
    /// # Errors
    /// Where no string comes, or it does not end.
    #[inline]
    pub fn string(&mut self) -> Result<Quoted<'a>, Flaw> {
        self.pass(b'"')?;
        let (start, mut escaped) = (self.at, false);
        loop {
            let end = quote_or_backslash(self.text, self.at).ok_or(Flaw(self.text.len()))?;
            if self.text.get(end) == Some(&b'"') {
                self.at = end + 1;
                return Ok(Quoted {
                    raw: self.text.get(start..end).unwrap_or_default(),
                    escaped,
                });
            }
            escaped = true;
            self.at = end + 2;
        }
    }

    /// Goes through an object: `field` is handed every key, and passes its value.
    ///
    /// # Errors
    /// Where no object comes, or it is none to its end, or `field` finds a flaw.
    pub fn object(
        &mut self,
        mut field: impl FnMut(&mut Self, Quoted<'a>) -> Result<(), Flaw>,
    ) -> Result<(), Flaw> {
        self.enter(b'{')?;
        if self.peek() == Some(b'}') {
            return self.leave(b'}');
        }
        loop {
            let key = self.string()?;
            self.pass(b':')?;
            field(self, key)?;
            if self.peek() != Some(b',') {
                return self.leave(b'}');
            }
            self.at += 1;
        }
    }

    /// Goes through a list: `item` passes each value.
    ///
    /// # Errors
    /// Where no list comes, or it is none to its end, or `item` finds a flaw.
    pub fn list(
        &mut self,
        mut item: impl FnMut(&mut Self) -> Result<(), Flaw>,
    ) -> Result<(), Flaw> {
        self.enter(b'[')?;
        if self.peek() == Some(b']') {
            return self.leave(b']');
        }
        loop {
            item(self)?;
            if self.peek() != Some(b',') {
                return self.leave(b']');
            }
            self.at += 1;
        }
    }

    /// Passes any value.
    ///
    /// # Errors
    /// Where none comes, or it does not end.
    pub fn skip(&mut self) -> Result<(), Flaw> {
        match self.peek() {
            Some(b'"') => self.string().map(|_| ()),
            Some(b'{' | b'[') => {
                self.at = closed(self.text, self.at + 1).ok_or(Flaw(self.text.len()))?;
                Ok(())
            }
            Some(b'0'..=b'9' | b'-' | b't' | b'f' | b'n') => {
                let rest = self.text.get(self.at..).unwrap_or_default();
                let end = rest
                    .iter()
                    .position(|byte| matches!(byte, b',' | b'}' | b']'));
                self.at += end.unwrap_or(rest.len());
                Ok(())
            }
            _ => Err(Flaw(self.at)),
        }
    }

    /// Makes sure that nothing follows.
    ///
    /// # Errors
    /// Where something does.
    pub fn end(&mut self) -> Result<(), Flaw> {
        self.peek().map_or(Ok(()), |_| Err(Flaw(self.at)))
    }

    fn enter(&mut self, bracket: u8) -> Result<(), Flaw> {
        self.pass(bracket)?;
        self.depth += 1;
        if self.depth > DEEPEST {
            Err(Flaw(self.at))
        } else {
            Ok(())
        }
    }

    fn leave(&mut self, bracket: u8) -> Result<(), Flaw> {
        self.depth -= 1;
        self.pass(bracket)
    }
}
