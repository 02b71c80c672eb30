//! Policy lists: what others publish about whom they would ban. A rule counts here only as long as it names nobody whom
//! the service cannot do without.

use std::collections::BTreeSet;

use crate::name::Address;

/// So many patterns with a star or a question mark count, so that a hostile list costs no more than that.
const WIDE_MAX: usize = 1_000;

/// The longest pattern, in bytes: as long as the longest Matrix id.
const PATTERN_BYTES_MAX: usize = 255;

/// A rule that recommends a ban.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rule {
    /// What its pattern is held against.
    pub about: Whom,
    /// Its pattern.
    pub pattern: Pattern,
}

/// What a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whom {
    /// Single accounts, by their Matrix id.
    User,
    /// Everybody on a homeserver, by its name.
    Server,
}

/// A pattern in which `*` stands for any characters, or none, and `?` for exactly one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pattern(String);

impl Pattern {
    /// The pattern, unless it is empty or longer than any Matrix id.
    pub fn parse(text: &str) -> Option<Self> {
        (1..=PATTERN_BYTES_MAX).contains(&text.len()).then(|| Self(text.to_owned()))
    }

    /// As it stands in the list.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the whole text is as it says. Takes at most as many steps as the two are long, multiplied.
    pub fn fits(&self, text: &str) -> bool {
        // Matrix ids are ASCII, so a character is a byte.
        let (pattern, text) = (self.0.as_bytes(), text.as_bytes());
        let (mut at, mut read) = (0, 0);
        // Where the last star stands, and how much of the text it is taken to stand for so far.
        let mut star: Option<(usize, usize)> = None;
        while read < text.len() {
            match pattern.get(at) {
                Some(b'*') => {
                    star = Some((at, read));
                    at += 1;
                }
                Some(letter) if *letter == b'?' || *letter == text[read] => (at, read) = (at + 1, read + 1),
                Some(_) | None => {
                    let Some((place, taken)) = star else { return false };
                    star = Some((place, taken + 1));
                    (at, read) = (place + 1, taken + 1);
                }
            }
        }
        pattern[at..].iter().all(|letter| *letter == b'*')
    }

    fn is_wide(&self) -> bool {
        self.0.contains(['*', '?'])
    }
}

impl Rule {
    /// Whether it names this account.
    pub fn names(&self, who: &Address) -> bool {
        match self.about {
            Whom::User => self.pattern.fits(who.as_str()),
            Whom::Server => self.pattern.fits(host(who.server())),
        }
    }
}

/// The rules of all lists that the service follows, as they were last read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Policies {
    single: BTreeSet<Rule>,
    wide: Vec<Rule>,
}

impl Policies {
    /// These rules, each once.
    pub fn new(rules: impl IntoIterator<Item = Rule>) -> Self {
        let (wide, single): (BTreeSet<Rule>, BTreeSet<Rule>) =
            rules.into_iter().partition(|rule| rule.pattern.is_wide());
        Self { single, wide: wide.into_iter().take(WIDE_MAX).collect() }
    }

    /// How many rules there are.
    pub fn len(&self) -> usize {
        self.single.len() + self.wide.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A rule that names this account and counts. One that names any of `ours` too is passed over: the porter, and so
    /// whatever names its homeserver, and those who work for the service.
    pub fn against(&self, who: &Address, ours: &[&Address]) -> Option<&Rule> {
        let exactly = [(Whom::User, who.as_str()), (Whom::Server, host(who.server()))];
        let exactly = exactly.map(|(about, name)| Rule { about, pattern: Pattern(name.to_owned()) });
        let single = exactly.iter().filter_map(|rule| self.single.get(rule));
        let wide = self.wide.iter().filter(|rule| rule.names(who));
        single.chain(wide).find(|rule| !ours.iter().any(|own| rule.names(own)))
    }
}

/// A server's name without its port.
fn host(server: &str) -> &str {
    match server.rsplit_once(':') {
        Some((host, port)) if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        Some(_) | None => server,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> Address {
        Address::exact(text).unwrap()
    }

    fn rule(about: Whom, pattern: &str) -> Rule {
        Rule { about, pattern: Pattern::parse(pattern).unwrap() }
    }

    #[test]
    fn a_star_stands_for_any_characters_and_a_question_mark_for_one() {
        for (pattern, text, fits) in [
            ("@sam:example.org", "@sam:example.org", true),
            ("@sam:example.org", "@sam:example.orgs", false),
            ("@spam*:example.org", "@spam:example.org", true),
            ("@spam*:example.org", "@spammer-7:example.org", true),
            ("@spam*:example.org", "@sam:example.org", false),
            ("*.example.org", "mail.example.org", true),
            ("*.example.org", "example.org", false),
            ("*example*example*", "an example of an example", true),
            ("*example*example*", "an example", false),
            ("@s?m:*", "@sam:example.org", true),
            ("@s?m:*", "@sm:example.org", false),
            ("*", "anything", true),
            ("**?", "a", true),
            ("**?", "", false),
        ] {
            assert_eq!(Pattern::parse(pattern).unwrap().fits(text), fits, "{pattern} and {text}");
        }
    }

    #[test]
    fn what_is_no_pattern_is_no_rule_and_a_hard_one_takes_no_time() {
        assert_eq!(Pattern::parse(""), None);
        assert_eq!(Pattern::parse(&"x".repeat(256)), None);
        assert!(!Pattern::parse(&"*a".repeat(127)).unwrap().fits(&"b".repeat(255)));
    }

    #[test]
    fn a_rule_about_a_server_names_all_its_accounts_whatever_its_port() {
        let server = rule(Whom::Server, "*.spam.example");
        assert!(server.names(&address("@sam:mail.spam.example")));
        assert!(server.names(&address("@sam:mail.spam.example:8448")));
        assert!(!server.names(&address("@mail.spam.example:example.org")));
        assert!(!rule(Whom::User, "*.spam.example").names(&address("@sam:mail.spam.example:8448")));
    }

    #[test]
    fn a_rule_that_names_the_porter_the_staff_or_their_server_does_not_count() {
        let (porter, jo) = (address("@porter:example.org"), address("@jo:college.example"));
        let (sam, ours) = (address("@sam:example.org"), [&porter, &jo]);
        let against = |rule| Policies::new([rule]).against(&sam, &ours).is_some();
        assert!(against(rule(Whom::User, "@sam:example.org")));
        assert!(against(rule(Whom::User, "@s*:example.org")));
        for wide in [
            rule(Whom::User, "*"),
            rule(Whom::User, "@*:example.org"),
            rule(Whom::User, "@?*:*e*"),
            rule(Whom::Server, "example.org"),
            rule(Whom::Server, "*.org"),
            rule(Whom::Server, "*"),
        ] {
            assert!(!against(wide.clone()), "{wide:?}");
        }
        let noor = address("@noor:college.example");
        let college = Policies::new([rule(Whom::Server, "college.example")]);
        assert_eq!(college.against(&noor, &ours), None, "somebody on the staff is there");
        assert!(college.against(&noor, &[&porter]).is_some());
    }

    #[test]
    fn a_hostile_list_costs_no_more_than_so_many_wide_rules() {
        let rules = (0..2 * WIDE_MAX).flat_map(|n| {
            [rule(Whom::User, &format!("@{n}*:x")), rule(Whom::User, &format!("@{n}:x")), rule(Whom::User, "@twice:x")]
        });
        let policies = Policies::new(rules);
        assert_eq!(policies.len(), WIDE_MAX + 2 * WIDE_MAX + 1);
    }
}
