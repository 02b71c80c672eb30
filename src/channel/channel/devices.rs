//! Words count as far as the devices that they come from are known ([`lodge_matrix::device`]), as members see it.

use crate::news::Text;
use lodge_core::effect::Act;
use lodge_core::say::{Devices, Rights, Say};
use lodge_matrix::device::Device;

use super::trial::{self, NOW, Trial};
use crate::homeserver::EventRef;
use crate::news::{Heard, News, RoomNews};
use crate::perform::What;
use crate::store::{Store as _, Table};

const OLD: (&str, Option<&str>) = ("old", Some("hers"));

/// Sam writes from this device, which this identity signs; what Sam hears.
fn writes(trial: &mut Trial, body: &str, (key, signed_by): (&str, Option<&str>)) -> Vec<Say> {
    let words = words(trial, body, (key, signed_by));
    trial.deliver(vec![words], vec![]);
    hears(trial)
}

fn words(trial: &mut Trial, body: &str, (key, signed_by): (&str, Option<&str>)) -> RoomNews {
    let sam = trial.engine.state().member(trial.sam()).unwrap().person.address.clone();
    let device = Device { key: key.to_owned(), signed_by: signed_by.map(str::to_owned) };
    let text = Text { device: Some(device), ..trial::words(sam, body) };
    let event = EventRef(format!("${body} from {key} of {}", signed_by.unwrap_or("nobody")));
    RoomNews { room: trial.room(trial.sam()), gap: None, news: vec![News { event, at: NOW, heard: Heard::Text(text) }] }
}

fn hears(trial: &mut Trial) -> Vec<Say> {
    trial.done.clear();
    trial.settle();
    let said = |done: &What| if let What::Say { say, .. } = done { Some(say.clone()) } else { None };
    trial.done.iter().filter_map(said).collect()
}

/// The code that Sam is told for a device.
fn code(said: &[Say]) -> String {
    let [Say::Devices(Devices::WhoseIsIt { code })] = said else { panic!("something else than a code is said") };
    code.to_string()
}

/// Sam asks to be forgotten, which counts from a device of Sam's alone.
fn counts(said: &[Say]) -> bool {
    matches!(said, [Say::Rights(Rights::Forgetting { .. })])
}

#[test]
fn i07_a_device_that_the_homeserver_adds_gives_nothing_until_an_old_one_vouches_for_it() {
    let mut trial = Trial::new();
    writes(&mut trial, "help", OLD);
    let rogue = ("rogue", Some("its own"));
    let refused = writes(&mut trial, "forget me now", rogue);
    let its = code(&refused);
    // It can read its code, and so can anybody who reads along; it cannot use it.
    let new = ("new", None);
    let hers = code(&writes(&mut trial, &format!("my new device {its}"), new));
    assert!(!counts(&writes(&mut trial, &format!("my new device {hers}"), rogue)));
    // The known devices outlive the process, and the old device counts even if the homeserver shows another
    // signature of it.
    trial.restart();
    trial.nothing_new();
    let said = writes(&mut trial, &format!("my new device {hers}"), ("old", None));
    assert_eq!(said, [Say::Devices(Devices::Confirmed)]);
    assert!(!counts(&writes(&mut trial, "forget me now please", rogue)));
    assert!(!counts(&writes(&mut trial, "Forget me now", rogue)));
    assert!(counts(&writes(&mut trial, "forget me now", new)));
}

#[test]
fn what_is_read_later_is_still_from_the_device_that_wrote_it() {
    let mut trial = Trial::new();
    writes(&mut trial, "help", OLD);
    let mut flood = words(&mut trial, "help", OLD);
    let first = flood.news.remove(0);
    for number in 0..100 {
        flood.news.push(News { event: EventRef(format!("$help {number}")), ..first.clone() });
    }
    trial.deliver(vec![flood], vec![]);
    writes(&mut trial, "forget me now", ("rogue", None));
    trial.restart();
    trial.nothing_new();
    let mut said = vec![];
    for minute in 1..4 {
        trial.engine.tick(NOW.after(lodge_core::time::Span::from_millis(minute * 60_000))).unwrap();
        said.extend(hears(&mut trial));
    }
    assert_eq!(said.iter().filter(|say| matches!(say, Say::Devices(Devices::WhoseIsIt { .. }))).count(), 1);
    assert!(!said.iter().any(|say| matches!(say, Say::Rights(Rights::Forgetting { .. }))));
}

#[test]
fn what_is_known_of_devices_goes_with_whoever_is_forgotten() {
    let mut trial = Trial::new();
    writes(&mut trial, "help", OLD);
    let sam = trial.sam();
    assert_eq!(
        (trial.engine.hearing.known_by_devices(), trial.tables_of(sam).contains(&Table::Pinned)),
        ((1, 0), true)
    );
    trial.step(vec![(9, &[], Act::Forget(sam))], &[]);
    trial.settle();
    trial.store.forget(&[sam].into()).unwrap();
    trial.engine.forgotten(&[sam].into(), NOW).unwrap();
    trial.commit();
    assert_eq!((trial.engine.hearing.known_by_devices(), trial.tables_of(sam)), ((0, 0), vec![]));
    assert_eq!(trial.store.load(Table::Pinned).unwrap(), []);
}

#[test]
fn who_never_cross_signs_goes_on_as_before_and_is_counted() {
    let mut trial = Trial::new();
    writes(&mut trial, "help", ("one", None));
    assert!(counts(&writes(&mut trial, "forget me now", ("another", None))));
    assert_eq!(trial.engine.hearing.known_by_devices(), (1, 1));
}
