//! The PNG of a drawing.

use std::sync::{Arc, LazyLock};

use lodge_ground::drawing::{Drawing, Picture};
use lodge_ground::wording::File;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::{Database, Source};
use resvg::usvg::{Options, Tree};

use super::font::{DATA, Font};
use super::svg::svg;

/// Pixels for each unit of the SVG, so that phones show it sharply.
const SCALE: f32 = 2.0;

/// The highest picture, in pixels. Three full lists of long lines have a third of it.
const HEIGHT_MAX: u32 = 16_000;

/// The reasons for which a drawing is not drawn. None of them holds any of its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Undrawn {
    /// The font of the program does not read.
    #[error("the font does not read")]
    Font,
    /// The SVG does not read.
    #[error("the SVG does not read")]
    Svg,
    /// It would be too large.
    #[error("it would be higher than {HEIGHT_MAX} pixels")]
    TooLarge,
    /// The picture could not be written.
    #[error("the PNG could not be written")]
    Png,
}

/// The font, read once.
static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    fonts.load_font_source(Source::Binary(Arc::new(DATA)));
    Arc::new(fonts)
});

/// Draws it.
///
/// # Errors
/// When it cannot be drawn; the same drawing then never can.
pub fn draw(drawing: &Drawing) -> Result<Picture, Undrawn> {
    let font = Font::own().ok_or(Undrawn::Font)?;
    let fontdb = FONTS.clone();
    let family = fontdb.faces().next().and_then(|face| face.families.first()).map(|(name, _)| name.clone());
    let options = Options { fontdb, font_family: family.ok_or(Undrawn::Font)?, ..Options::default() };
    let tree = Tree::from_str(&svg(&font, drawing), &options).map_err(|_| Undrawn::Svg)?;
    let size = tree.size().to_int_size().scale_by(SCALE).ok_or(Undrawn::TooLarge)?;
    if size.height() > HEIGHT_MAX {
        return Err(Undrawn::TooLarge);
    }
    let mut picture = Pixmap::new(size.width(), size.height()).ok_or(Undrawn::TooLarge)?;
    resvg::render(&tree, Transform::from_scale(SCALE, SCALE), &mut picture.as_mut());
    let bytes = picture.encode_png().map_err(|_| Undrawn::Png)?;
    let file = File { name: drawing.name, media_type: "image/png", bytes };
    Ok(Picture { file, size: (size.width(), size.height()), instead: drawing.instead.clone() })
}
