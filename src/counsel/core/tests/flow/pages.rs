//! Sentences filled in, plainly: as the service fills them in, but for the markup.

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use lodge_counsel_core::wording::{Arg, ENGLISH, Wording};
use lodge_ground::time::{Span, Timestamp};

use crate::talk::settings;

pub struct Pages(FluentBundle<FluentResource>);

impl Pages {
    pub fn english() -> Self {
        let mut bundle = FluentBundle::new(vec!["en-GB".parse().unwrap()]);
        bundle.set_use_isolating(false);
        for (_, text) in ENGLISH {
            bundle.add_resource(resource(text)).unwrap();
        }
        Self(bundle)
    }

    /// The sentence with everything filled in.
    pub fn page(&self, wording: &Wording) -> String {
        let mut args = FluentArgs::new();
        for (name, arg) in &wording.args {
            match arg {
                Arg::Number(number) => args.set(*name, *number),
                Arg::Text(text) | Arg::Page(text) | Arg::Way(text) | Arg::Code(text) => args.set(*name, text.clone()),
                Arg::When(at) | Arg::Day(at) | Arg::Between(at, _) | Arg::There(at, ..) => args.set(*name, moment(*at)),
                Arg::Long(span) => args.set(*name, days(*span)),
                Arg::Lines(parts) => args.set(*name, self.parts(parts, "\n")),
                Arg::Listed(parts) => args.set(*name, self.parts(parts, ", ")),
            }
        }
        let message = self.0.get_message(wording.id).unwrap_or_else(|| panic!("there is no {}", wording.id));
        let mut errors = vec![];
        let text = self.0.format_pattern(message.value().unwrap(), Some(&args), &mut errors);
        assert!(errors.is_empty(), "{}: {errors:?}", wording.id);
        let text = text.lines().map(str::trim).collect::<Vec<_>>().join("\n");
        let paragraphs = text.split("\n\n").map(|part| part.trim_matches('\n')).filter(|part| !part.is_empty());
        paragraphs.collect::<Vec<_>>().join("\n\n")
    }

    fn parts(&self, parts: &[Wording], between: &str) -> String {
        parts.iter().map(|part| self.page(part)).collect::<Vec<_>>().join(between)
    }
}

fn resource(text: &str) -> FluentResource {
    FluentResource::try_new(text.to_owned()).unwrap_or_else(|(_, errors)| panic!("{errors:?}"))
}

fn moment(at: Timestamp) -> String {
    let at = jiff::Timestamp::from_millisecond(at.as_millis()).unwrap().to_zoned(settings().office.zone);
    at.strftime("%A %-d %B at %H:%M").to_string()
}

fn days(span: Span) -> String {
    format!("{} days", span.as_millis() / Span::from_days(1).as_millis())
}
