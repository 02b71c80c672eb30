//! Files of lists: sections, each below a name such as `[short]`, with an entry on each line.

/// A line of such a file that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct NotALine {
    /// The line, counted from 1.
    pub line: usize,
    /// The mistake, and the right way.
    pub problem: String,
}

/// A section of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Section<'a> {
    /// The line of its name.
    pub line: usize,
    /// Its name, without the brackets.
    pub name: &'a str,
    /// Its entries, each with the number of its line.
    pub entries: Vec<(usize, &'a str)>,
}

impl NotALine {
    pub(crate) fn new(line: usize, problem: impl Into<String>) -> Self {
        Self { line, problem: problem.into() }
    }
}

/// Reads the sections of a file. Empty lines, and those that begin with `#`, are passed over.
pub(crate) fn sections(text: &str) -> Result<Vec<Section<'_>>, NotALine> {
    let mut sections: Vec<Section<'_>> = vec![];
    let lines = (1..).zip(text.lines().map(str::trim));
    for (line, text) in lines.filter(|(_, text)| !text.is_empty() && !text.starts_with('#')) {
        match (text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')), sections.last_mut()) {
            (Some(name), _) => sections.push(Section { line, name: name.trim(), entries: vec![] }),
            (None, Some(section)) => section.entries.push((line, text)),
            (None, None) => return Err(NotALine::new(line, "it stands before the first section, which is [a name]")),
        }
    }
    Ok(sections)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_entry_keeps_its_line() {
        let read = sections("# ours\n\n[first steps]\none\n\n  two\n[empty]\n").unwrap();
        let first = Section { line: 3, name: "first steps", entries: vec![(4, "one"), (6, "two")] };
        assert_eq!(read, [first, Section { line: 7, name: "empty", entries: vec![] }]);
        assert_eq!(sections("\none").unwrap_err().line, 2);
    }
}
