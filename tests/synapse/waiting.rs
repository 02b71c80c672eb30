//! The program is started before its homeserver.

use std::process::Command;

use lodge_demo::household::Guest;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};

use crate::house::homeserver;
use crate::lodging::Lodging;
use crate::process::Running;

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_that_is_started_before_its_homeserver_runs_once_that_is_there() {
    let homeserver = homeserver().await;
    let lodging = Lodging::prepare(homeserver, "waiting", &["sam"], &[]).await.unwrap();
    // Nobody listens there after this, and nobody else is given the port while the test has it in mind.
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let mut command = Command::new(env!("CARGO_BIN_EXE_lodge"));
    command.args(["run", "--config"]).arg(&lodging.configuration);
    command.args(lodging.overrides.iter().flat_map(|set| ["--set", set]));
    command.args(["--set", &format!("matrix.homeserver=http://127.0.0.1:{port}")]);
    let mut hub = Running::start(&mut command);
    hub.says("waiting for the homeserver");

    let there = TcpListener::bind(("127.0.0.1", port)).await.unwrap();
    let behind: String = homeserver.url().trim_start_matches("http://").trim_end_matches('/').to_owned();
    let forwarding = tokio::spawn(async move {
        while let Ok((mut from, _)) = there.accept().await {
            let behind = behind.clone();
            tokio::spawn(async move {
                let mut to = TcpStream::connect(behind).await?;
                copy_bidirectional(&mut from, &mut to).await
            });
        }
    });
    let sam = lodging.person(homeserver, "waiting", "sam").await.unwrap();
    let sam = Guest::arrive(sam, &lodging.porter).await.unwrap();
    sam.asks("help", "help").await.unwrap();
    hub.says("the homeserver answers");
    hub.terminate();
    let ended = tokio::task::spawn_blocking(move || hub.ended()).await.unwrap();
    assert_eq!(ended.code, 0, "{}", ended.said);
    forwarding.abort();
}
