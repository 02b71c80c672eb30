//! Dates as spreadsheets write them. Where a date could be read in two ways, the order is asked for and never guessed.

use std::str::FromStr;

use jiff::civil::Date;
use lodge_ground::when::MONTHS;

/// The order in which the numbers of a date stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// 30/06/2027, and nothing else.
    DayFirst,
    /// 06/30/2027, and nothing else.
    MonthFirst,
    /// 2027/06/30, and nothing else.
    YearFirst,
}

/// The meaning of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// This day, which can be read from it in one way.
    Day(Date),
    /// This day, since its numbers make a date in this order alone.
    Only(Order, Date),
    /// Either of two days, by whether its day or its month is first.
    Either(Date, Date),
    /// No end, written as 31 December 9999.
    NoEnd,
}

impl FromStr for Order {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let known = [Self::DayFirst, Self::MonthFirst, Self::YearFirst].into_iter().find(|order| order.name() == text);
        known.ok_or_else(|| format!("expected day-first, month-first or year-first, found \"{text}\""))
    }
}

impl Order {
    /// The option by which it is asked for.
    pub fn name(self) -> &'static str {
        match self {
            Self::DayFirst => "day-first",
            Self::MonthFirst => "month-first",
            Self::YearFirst => "year-first",
        }
    }
}

/// The years in which a role may end.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2999;

/// Reads a date. `order` is the order of the file's dates, if it was given.
///
/// # Errors
/// The mistake in it, and the right way.
pub(super) fn read(value: &str, order: Option<Order>) -> Result<Written, String> {
    let found = super::shortened(value);
    let wrong = || format!("expected a date such as 2027-06-30, found \"{found}\"");
    let day = without_midnight(value);
    if day.bytes().all(|byte| byte.is_ascii_digit()) && day.len() < 8 {
        return Err(format!(
            "{}; a number alone is how spreadsheets count days: give the column the format of a date before saving it",
            wrong()
        ));
    }
    let parts: Vec<&str> = day.split(['/', '.', '-', ' ', ',']).filter(|part| !part.is_empty()).collect();
    let [first, second, third] = parts[..] else { return Err(wrong()) };
    let written = if month(first).or(month(second)).is_some() {
        Written::Day(by_name(first, second, third).ok_or_else(wrong)?)
    } else {
        let numbers = [number(first), number(second), number(third)];
        let [Some(one), Some(two), Some(three)] = numbers else { return Err(wrong()) };
        if first.len() == 4 {
            Written::Day(date(one, two, three).ok_or_else(wrong)?)
        } else if third.len() == 4 {
            in_order(date(three, two, one), date(three, one, two), order)
                .ok_or_else(|| order.map_or_else(wrong, |order| format!("{}: {}", order.name(), wrong())))?
        } else {
            return Err(format!("{}; write the year in four digits", wrong()));
        }
    };
    match written {
        Written::Day(day) | Written::Only(_, day) if day == Date::MAX => Ok(Written::NoEnd),
        Written::Day(day) | Written::Only(_, day) | Written::Either(day, _) if !YEARS.contains(&day.year()) => {
            Err(wrong())
        }
        Written::Day(_) | Written::Only(..) | Written::Either(..) | Written::NoEnd => Ok(written),
    }
}

/// Chooses between two readings of a date with the year last: with the day first and with the month first.
fn in_order(day_first: Option<Date>, month_first: Option<Date>, order: Option<Order>) -> Option<Written> {
    match (order, day_first, month_first) {
        (Some(Order::DayFirst), day, _) | (Some(Order::MonthFirst), _, day) => day.map(Written::Day),
        (Some(Order::YearFirst), _, _) | (None, None, None) => None,
        (None, Some(one), Some(other)) if one == other => Some(Written::Day(one)),
        (None, Some(one), Some(other)) => Some(Written::Either(one, other)),
        (None, Some(day), None) => Some(Written::Only(Order::DayFirst, day)),
        (None, None, Some(day)) => Some(Written::Only(Order::MonthFirst, day)),
    }
}

/// A date whose month is a word, such as 30 June 2027.
fn by_name(first: &str, second: &str, third: &str) -> Option<Date> {
    let (day, month, year) = match (month(first), month(second)) {
        (Some(month), _) => (second, month, third),
        (None, Some(month)) if first.len() == 4 => (third, month, first),
        (None, Some(month)) => (first, month, third),
        (None, None) => return None,
    };
    let day = day.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    (year.len() == 4).then(|| date(number(year)?, month, number(day)?)).flatten()
}

/// The month that a spreadsheet names so; the first three letters are enough.
fn month(word: &str) -> Option<i16> {
    let word = word.to_lowercase();
    let word = if word == "sept" { "sep" } else { &word };
    let at = MONTHS.iter().position(|month| word.len() >= 3 && month.starts_with(word))?;
    i16::try_from(at + 1).ok()
}

fn number(text: &str) -> Option<i16> {
    (text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// A date without the time of day that spreadsheets write behind it, where that is midnight; any other says something.
fn without_midnight(value: &str) -> &str {
    let value = value.trim();
    let is_midnight = |time: &str| time.contains(':') && time.chars().all(|c| matches!(c, '0' | ':' | '.' | 'Z'));
    match value.rsplit_once([' ', 'T']) {
        Some((day, time)) if is_midnight(time) => day.trim_end(),
        Some(_) | None => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn dates_that_can_be_read_in_one_way_are_read_so() {
        for (value, expected) in [
            ("2027-06-30", "2027-06-30"),
            ("2027-6-30", "2027-06-30"),
            ("2027/06/07", "2027-06-07"),
            ("2027.06.30", "2027-06-30"),
            ("2027-06-30 00:00:00", "2027-06-30"),
            ("2027-06-30T00:00:00Z", "2027-06-30"),
            ("30/06/2027 0:00", "2027-06-30"),
            ("30 June 2027", "2027-06-30"),
            ("30-Jun-2027", "2027-06-30"),
            ("June 7, 2027", "2027-06-07"),
            ("1st Sept 2027", "2027-09-01"),
            ("7/7/2027", "2027-07-07"),
        ] {
            let read = read(value, None).unwrap();
            assert!(
                matches!(read, Written::Day(found) | Written::Only(Order::DayFirst, found) if found == day(expected)),
                "{value}: {read:?}"
            );
        }
        for end in ["9999-12-31", "31/12/9999", "31.12.9999 00:00"] {
            assert_eq!(read(end, None), Ok(Written::NoEnd), "{end}");
        }
    }

    #[test]
    fn what_could_be_two_days_is_either_until_the_order_is_known() {
        for value in ["01/02/2027", "1.2.2027", "1-2-2027", "01 02 2027"] {
            assert_eq!(read(value, None), Ok(Written::Either(day("2027-02-01"), day("2027-01-02"))), "{value}");
            assert_eq!(read(value, Some(Order::DayFirst)), Ok(Written::Day(day("2027-02-01"))));
            assert_eq!(read(value, Some(Order::MonthFirst)), Ok(Written::Day(day("2027-01-02"))));
            assert!(read(value, Some(Order::YearFirst)).is_err());
        }
        assert_eq!(read("30/06/2027", None), Ok(Written::Only(Order::DayFirst, day("2027-06-30"))));
        assert_eq!(read("06/30/2027", None), Ok(Written::Only(Order::MonthFirst, day("2027-06-30"))));
        assert!(read("30/06/2027", Some(Order::MonthFirst)).unwrap_err().starts_with("month-first: expected a date"));
    }

    #[test]
    fn what_is_no_day_is_named_with_what_would_be() {
        for (value, also) in [
            ("31/06/2027", ""),
            ("2027-02-30", ""),
            ("2027-30-06", ""),
            ("2027-06-30T10:00", ""),
            ("2027-06-30 09:30:00", ""),
            ("30/06/27", "write the year in four digits"),
            ("46568", "how spreadsheets count days"),
            ("20270630", ""),
            ("9999-12-30", ""),
            ("0207-06-30", ""),
            ("next summer", ""),
            ("30 Juni 2027", ""),
            ("###", ""),
            ("-5/06/2027/1", ""),
        ] {
            let wrong = read(value, None).unwrap_err();
            assert!(wrong.contains(&format!("expected a date such as 2027-06-30, found \"{value}\"")), "{wrong}");
            assert!(wrong.contains(also), "{wrong}");
        }
    }
}
