//! A drawing, before anybody draws it: words in groups, and where each stands.

use crate::wording::File;

/// Three groups of lines around a middle. Its words are for nobody but its reader, like those of any message to them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// The name of the file that it becomes.
    pub name: &'static str,
    /// Words for those who do not see it, which clients show below it too.
    pub instead: String,
    /// The middle, to which every group is tied.
    pub middle: String,
    /// The groups: the first stands above the middle, the others side by side below it.
    pub groups: [Group; 3],
    /// The word in a group without lines.
    pub none: String,
    /// A sentence that says where words stand which cannot be drawn.
    pub left_out: String,
}

/// One group of a drawing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Group {
    /// Its title.
    pub title: String,
    /// Its lines, each with the number by which its reader knows it.
    pub lines: Vec<(u32, String)>,
}

/// A drawing that is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The picture itself.
    pub file: File,
    /// Its width and height in pixels.
    pub size: (u32, u32),
    /// Words for those who do not see it.
    pub instead: String,
}
