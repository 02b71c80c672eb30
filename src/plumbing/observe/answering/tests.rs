//! The questions that are answered, and those that are not.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;

use lodge_ground::time::Span;
use tempfile::TempDir;
use tokio::net::TcpStream;

use super::super::{Asked, Places, Vitals, Which, ask};
use super::*;
use crate::clock::clock;

fn observe() -> Observe {
    Observe { listen: Some(([127, 0, 0, 1], 0).into()), beyond_this_machine: false }
}

async fn begun(which: Which) -> (TempDir, Observed, Answering) {
    let directory = tempfile::tempdir().unwrap();
    let store = directory.path().join("store");
    fs::create_dir(&store).unwrap();
    fs::write(store.join("rows"), vec![0; 12_345_678]).unwrap();
    let observed = Observed::new(which, Places { store, ..Places::default() });
    let answering = Answering::begin(observed.clone(), directory.path(), &observe()).await.unwrap();
    (directory, observed, answering)
}

fn busy() -> Vitals {
    Vitals { jobs: [Some((4, 6)), None], to_do: 3, without_key: 2, next_due: Some(clock().after(Span::from_days(1))) }
}

/// The whole answer to these bytes; empty when the connection is turned away.
async fn answered(answering: &Answering, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(answering.address().unwrap()).await.unwrap();
    // A request that is too long is answered before all of it is written, so this may fail.
    drop(stream.write_all(request).await);
    let mut answer = Vec::new();
    drop(stream.read_to_end(&mut answer).await);
    String::from_utf8(answer).unwrap()
}

async fn get(answering: &Answering, path: &str) -> String {
    answered(answering, format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n").as_bytes()).await
}

#[tokio::test]
async fn a_service_is_well_when_it_hears_its_homeserver_and_not_before() {
    let (directory, observed, answering) = begun(Which::Hub).await;
    let waiting = get(&answering, "/health").await;
    assert!(waiting.starts_with("HTTP/1.1 503 ") && waiting.contains("waits for the homeserver"), "{waiting}");
    let Asked::Runs { well: false, page } = ask(directory.path()).await.unwrap() else { panic!("it is not well") };
    assert!(page.starts_with("The hub waits for its homeserver.\n"), "{page}");
    observed.heard();
    observed.stands(busy(), 1);
    let well = get(&answering, "/health").await;
    assert!(well.starts_with("HTTP/1.1 200 ") && well.ends_with("All is well.\n"), "{well}");
    let due = clock().before(Span::from_millis(11 * 60_000));
    observed.stands(Vitals { next_due: Some(due), ..busy() }, 1);
    let late = get(&answering, "/health").await;
    assert!(late.starts_with("HTTP/1.1 503 ") && late.contains("What was due did not happen"), "{late}");
}

#[tokio::test]
async fn figures_of_a_hub_are_rounded_and_tell_of_nobody() {
    let (_directory, observed, answering) = begun(Which::Hub).await;
    observed.heard();
    observed.stands(busy(), 1);
    assert!(observed.is_to_be_counted());
    observed.count([("student", 43), ("staff", 2), ("alumnus", 1001)].into());
    assert!(!observed.is_to_be_counted());
    for ms in [0, 3, 3, 70, 9_000] {
        observed.committed(Duration::from_millis(ms));
    }
    observed.fault();
    let answer = get(&answering, "/metrics").await;
    let (head, figures) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.contains("text/plain; version=0.0.4"), "{head}");
    for line in [
        "lodge_up 1",
        "lodge_outbox_jobs 3",
        "lodge_messages_without_key 2",
        "lodge_timers_late_seconds 0",
        "lodge_commit_seconds_bucket{le=\"0.001\"} 1",
        "lodge_commit_seconds_bucket{le=\"0.005\"} 3",
        "lodge_commit_seconds_bucket{le=\"2\"} 4",
        "lodge_commit_seconds_bucket{le=\"+Inf\"} 5",
        "lodge_commit_seconds_count 5",
        "lodge_commit_longest_seconds 9",
        "lodge_store_bytes 12345678",
        "lodge_faults_total 1",
        "lodge_members{role=\"student\"} 45",
        "lodge_members{role=\"staff\"} 0",
        "lodge_members{role=\"alumnus\"} 1000",
    ] {
        assert!(figures.lines().any(|found| found == line), "{line} is not in\n{figures}");
    }
    let labels = figures.lines().filter_map(|line| line.split_once('{')?.1.split_once('=')).map(|(label, _)| label);
    assert!(labels.into_iter().all(|label| ["le", "role"].contains(&label)), "{figures}");
}

#[tokio::test]
async fn figures_of_a_counselling_service_do_not_change_when_somebody_writes_to_it() {
    let (directory, observed, answering) = begun(Which::Counsel).await;
    observed.heard();
    observed.stands(Vitals::default(), 0);
    let (quiet, page) = (get(&answering, "/metrics").await, ask(directory.path()).await.unwrap());
    observed.heard();
    observed.committed(Duration::from_millis(70));
    observed.stands(busy(), 3);
    fs::write(directory.path().join("store/more"), vec![0; 10_000]).unwrap();
    assert_eq!(get(&answering, "/metrics").await, quiet);
    assert_eq!(ask(directory.path()).await.unwrap(), page);
    assert!(quiet.contains("lodge_counsel_store_bytes 10000000\n") && !quiet.contains("lodge_members"), "{quiet}");
}

/// The names of figures in a text, without the endings that a histogram adds to them.
fn names(text: &str) -> BTreeSet<&str> {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
    words.filter(|word| word.starts_with("lodge_")).map(plain).collect()
}

fn plain(name: &str) -> &str {
    let ends = ["_bucket", "_count", "_sum"];
    ends.iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name)
}

#[tokio::test]
async fn alerts_and_the_dashboard_name_figures_that_there_are() {
    let mut all = String::new();
    for which in [Which::Hub, Which::Counsel] {
        let (directory, observed, _) = begun(which).await;
        fs::write(directory.path().join("lodge.export"), "").unwrap();
        let places = Places { exports: Some(directory.path().to_owned()), ..(*observed.places).clone() };
        let observed = Observed::new(which, places);
        observed.heard();
        observed.count([("student", 43)].into());
        all.push_str(&Figures::take(&observed).text());
    }
    let there = names(&all);
    for file in [
        include_str!("../../../../config/prometheus-rules.yaml"),
        include_str!("../../../../config/grafana-dashboard.json"),
    ] {
        let named = names(file);
        assert!(named.len() > 5, "{named:?}");
        assert_eq!(named.difference(&there).collect::<Vec<_>>(), Vec::<&&str>::new());
    }
}

#[tokio::test]
async fn nothing_else_is_answered_and_nobody_can_keep_it_busy() {
    let (_directory, _, answering) = begun(Which::Hub).await;
    for (request, status) in [
        ("GET / HTTP/1.1\r\n\r\n", "404"),
        ("GET /metrics/ HTTP/1.1\r\n\r\n", "404"),
        ("GET /../health HTTP/1.1\r\n\r\n", "404"),
        ("POST /metrics HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n", "405"),
        ("GET /metrics HTTP/2\r\n\r\n", "400"),
        ("GET /metrics\r\n\r\n", "400"),
        ("\r\n\r\n", "400"),
    ] {
        let answer = answered(&answering, request.as_bytes()).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{request:?}: {answer}");
    }
    let long = format!("GET /metrics HTTP/1.1\r\n{}", "x".repeat(100_000));
    let answer = answered(&answering, long.as_bytes()).await;
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 431 "), "{answer}");

    let address = answering.address().unwrap();
    let mut silent = Vec::new();
    for _ in 0..CALLERS_MAX {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(b"GET").await.unwrap();
        silent.push(stream);
    }
    // They are let in one after the other; the next caller is turned away.
    assert_eq!(get(&answering, "/health").await, "");
    drop(silent);
    while get(&answering, "/health").await.is_empty() {}
}

#[tokio::test]
async fn where_no_service_runs_that_is_said_and_its_socket_is_its_owners_alone() {
    let (directory, _, answering) = begun(Which::Hub).await;
    let mode = fs::metadata(directory.path().join(NAME)).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o600);
    drop(answering);
    while ask(directory.path()).await.unwrap() != Asked::RunsNot {}
    assert_eq!(ask(&directory.path().join("nowhere")).await.unwrap(), Asked::RunsNot);
}

#[test]
fn an_address_that_others_reach_must_be_meant() {
    for (listen, beyond, problem) in [
        ("127.0.0.1:9464", false, false),
        ("[::1]:9464", false, false),
        ("0.0.0.0:9464", false, true),
        ("10.0.0.7:9464", false, true),
        ("[::]:9464", false, true),
        ("0.0.0.0:9464", true, false),
    ] {
        let observe = Observe { listen: Some(listen.parse().unwrap()), beyond_this_machine: beyond };
        assert_eq!(observe.problem().is_some(), problem, "{listen}");
    }
    assert_eq!(Observe::default().problem(), None, "off");
}
