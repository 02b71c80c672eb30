//! The sentences that people read: from Fluent files to plain text and HTML.
//!
//! The English files are part of the program and complete. A service may keep a directory of its own files, in which it
//! puts single messages in other words; such a directory is examined whole before anything is said.
//!
//! Arguments are never read as markup: the sentence is put together with a placeholder for every argument, its markup
//! is read, and only then do the arguments take their places (see `render`).

mod source;
mod render;
mod page;
mod english;
mod error;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use fluent_bundle::FluentResource;
use fluent_bundle::concurrent::FluentBundle;
use sha2::{Digest, Sha256};

pub use error::{Fault, Place, Problem, WordingError};
pub use lodge_ground::wording::Rendered;
use source::Template;

use crate::store::hex;

/// All sentences, ready to be filled in.
pub struct Wordings {
    bundle: FluentBundle<FluentResource>,
    ids: Vec<String>,
    version: String,
}

impl Wordings {
    /// Loads the English sentences, whose files are given with their names, with those replaced that the files ending
    /// in `.ftl` in `dir` put in other words.
    ///
    /// # Errors
    /// When the directory or a file in it cannot be read, and when a message in it is not one that can take the place
    /// of the English one: each names the file, the line and the remedy.
    pub fn load(english: &[(&str, &str)], dir: Option<&Path>) -> Result<Self, WordingError> {
        let mut templates = BTreeMap::new();
        for (file, text) in english {
            source::read(file, text, &mut templates)?;
        }
        if let Some(dir) = dir {
            let mut own = BTreeMap::new();
            for (file, text) in files(dir).map_err(|source| WordingError::Unreadable { path: dir.into(), source })? {
                source::read(&file, &text, &mut own)?;
            }
            for (id, template) in own {
                source::stands_in(&id, &template, &templates)?;
                templates.insert(id, template);
            }
        }
        Ok(Self::of(&templates))
    }

    /// The edition of the wording: 16 hexadecimal digits that change with any word of any sentence, and not with a
    /// comment or a file's name.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The id of every sentence, in order.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.ids.iter().map(String::as_str)
    }

    fn of(templates: &BTreeMap<String, Template>) -> Self {
        let whole: String = templates.values().map(|template| template.text.as_str()).collect();
        let version = hex(&Sha256::digest(whole.as_bytes())[..8]);
        let mut bundle = FluentBundle::new_concurrent(vec!["en-GB".parse().unwrap_or_default()]);
        // Isolating marks are characters that people would copy along with an address.
        bundle.set_use_isolating(false);
        // Every template was read before, so nothing here can fail to be.
        let resource = FluentResource::try_new(whole).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(resource);
        Self { bundle, ids: templates.keys().cloned().collect(), version }
    }
}

/// Name and content of each `.ftl` file in a directory, in the order of the names.
fn files(dir: &Path) -> io::Result<Vec<(String, String)>> {
    let mut paths = fs::read_dir(dir)?.map(|entry| entry.map(|e| e.path())).collect::<io::Result<Vec<_>>>()?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "ftl"));
    paths.sort();
    let named = |path: &std::path::PathBuf| {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        Ok((name, fs::read_to_string(path)?))
    };
    paths.iter().map(named).collect()
}
