use jiff::tz::TimeZone;
use std::io::BufRead;
fn main() {
    let zone = TimeZone::get("Europe/London").unwrap();
    let now = lodge_ground::time::Timestamp::from_millis(
        "2026-11-30T10:00:00Z".parse::<jiff::Timestamp>().unwrap().as_millisecond(),
    );
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap().replace("\\n", "\n");
        let out = match lodge_calendar::reading::read(&line, now, &zone) {
            Ok(free) => free
                .intervals()
                .iter()
                .take(9)
                .map(|i| {
                    let l = |m: lodge_ground::time::Timestamp, f: &str| {
                        jiff::Timestamp::from_millisecond(m.as_millis())
                            .unwrap()
                            .to_zoned(zone.clone())
                            .strftime(f)
                            .to_string()
                    };
                    format!("{}-{}", l(i.from, "%a%-d%b %H:%M"), l(i.to, "%H:%M"))
                })
                .collect::<Vec<_>>()
                .join(", "),
            Err(e) => format!("   ? {e:?}"),
        };
        println!("{line:?}\n      {out}");
    }
}
