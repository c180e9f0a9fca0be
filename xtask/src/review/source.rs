//! A document with its references followed, wherever they lead within it.

use crate::load::{Document, LoadError, Node, Position, pointer_token};

/// A document that a comparison reads.
#[derive(Clone, Copy, Debug)]
pub struct Source<'d> {
    /// The document.
    pub document: &'d Document,
}

/// A node, where it really stands: behind every reference.
#[derive(Clone, Debug)]
pub struct At<'d> {
    /// The node; it holds no `$ref`.
    pub node: &'d Node,
    /// Its JSON pointer.
    pub pointer: String,
    /// The pointer of the last `$ref` target on the way to this very node: `/components/schemas/Cart`; `None` for a node that
    /// stands inline.
    pub named: Option<String>,
}

impl<'d> Source<'d> {
    /// The root.
    pub fn root(&self) -> At<'d> {
        At {
            node: &self.document.root,
            pointer: String::new(),
            named: None,
        }
    }

    /// Follows the references of the node at `pointer`.
    ///
    /// # Errors
    ///
    /// A reference that is no text, leaves the document, leads nowhere or back to itself; with the place of the reference.
    pub fn follow(&self, node: &'d Node, pointer: String) -> Result<At<'d>, LoadError> {
        let (mut node, mut pointer, mut named) = (node, pointer, None);
        let mut seen: Vec<String> = Vec::new();
        while let Some(reference) = node.get("$ref") {
            let place = reference.start;
            let Some(text) = reference.as_str() else {
                return Err(self.error(
                    place,
                    "a `$ref` that is no text",
                    "write `#/components/…`",
                ));
            };
            let Some(target) = text.strip_prefix('#').map(decoded) else {
                return Err(self.error(
                    place,
                    format!("`{text}` leads out of the document"),
                    "bundle the documents into one first",
                ));
            };
            if seen.contains(&target) {
                return Err(self.error(
                    place,
                    format!("`{text}` leads back to itself"),
                    "let one of the references stand for a schema",
                ));
            }
            let found = self.document.pointer(&target).ok_or_else(|| {
                self.error(
                    place,
                    format!("`{text}` leads nowhere"),
                    "define it, or correct the reference",
                )
            })?;
            seen.push(target.clone());
            (node, pointer, named) = (found, target.clone(), Some(target));
        }
        Ok(At {
            node,
            pointer,
            named,
        })
    }

    /// The child under `key`, references followed; `None` when there is none.
    ///
    /// # Errors
    ///
    /// As [`Source::follow`].
    pub fn child(&self, at: &At<'d>, key: &str) -> Result<Option<At<'d>>, LoadError> {
        at.node
            .get(key)
            .map(|node| self.follow(node, format!("{}/{}", at.pointer, pointer_token(key))))
            .transpose()
    }

    /// The elements of the list under `key`, references followed; none when there is no such list.
    ///
    /// # Errors
    ///
    /// As [`Source::follow`].
    pub fn elements(&self, at: &At<'d>, key: &str) -> Result<Vec<At<'d>>, LoadError> {
        let Some(list) = at.node.get(key) else {
            return Ok(Vec::new());
        };
        let place = format!("{}/{}", at.pointer, pointer_token(key));
        let elements = list.iter_seq().enumerate();
        elements
            .map(|(index, node)| self.follow(node, format!("{place}/{index}")))
            .collect()
    }

    /// The entries of the mapping under `key`, references followed, in written order; none when there is no such mapping.
    ///
    /// # Errors
    ///
    /// As [`Source::follow`].
    pub fn entries(&self, at: &At<'d>, key: &str) -> Result<Vec<(String, At<'d>)>, LoadError> {
        let Some(map) = at.node.get(key) else {
            return Ok(Vec::new());
        };
        let place = format!("{}/{}", at.pointer, pointer_token(key));
        map.iter_map()
            .map(|(name, node)| {
                let pointer = format!("{place}/{}", pointer_token(&name.text));
                Ok((name.text.clone(), self.follow(node, pointer)?))
            })
            .collect()
    }

    /// What is wrong at a place of this document.
    pub fn error(
        &self,
        position: Position,
        message: impl Into<String>,
        mend: impl Into<String>,
    ) -> LoadError {
        LoadError {
            file: self.document.file.clone(),
            position: Some(position),
            message: message.into(),
            mend: mend.into(),
        }
    }
}

impl At<'_> {
    /// The last token of the name's pointer: `Cart`.
    pub fn name(&self) -> Option<&str> {
        self.named.as_deref()?.rsplit('/').next()
    }
}

/// A reference is a URL's fragment: what stands percent-encoded there is decoded.
fn decoded(fragment: &str) -> String {
    percent_encoding::percent_decode_str(fragment)
        .decode_utf8_lossy()
        .into_owned()
}
