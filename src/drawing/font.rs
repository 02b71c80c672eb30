//! The one font of all pictures: which letters it has, and how wide they are.

use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider as _};

/// `DejaVu Sans Condensed`, with its licence beside it: Latin, Greek, Cyrillic, Arabic and others, and some signs.
pub(crate) static DATA: &[u8] = include_bytes!("../../config/fonts/DejaVuSansCondensed.ttf");

/// The sizes of its letters.
pub(crate) struct Font {
    charmap: skrifa::charmap::Charmap<'static>,
    metrics: GlyphMetrics<'static>,
    em: f32,
}

impl Font {
    /// The font that the program comes with; `None` if it does not read.
    pub(crate) fn own() -> Option<Self> {
        let font = FontRef::new(DATA).ok()?;
        let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
        let em = f32::from(font.metrics(Size::unscaled(), LocationRef::default()).units_per_em);
        Some(Self { charmap: font.charmap(), metrics, em })
    }

    /// Whether it has a form for this letter.
    pub(crate) fn has(&self, letter: char) -> bool {
        self.charmap.map(letter).is_some()
    }

    /// The width of these letters side by side, at this size. Letters that join, as Arabic ones do, are narrower.
    pub(crate) fn width(&self, text: &str, size: f32) -> f32 {
        let advance = |letter| self.charmap.map(letter).and_then(|glyph| self.metrics.advance_width(glyph));
        text.chars().filter_map(advance).sum::<f32>() * size / self.em
    }
}
