//! A hub whose clock and the homeserver's are apart.

use anyhow::{Context, Result};
use lodge_demo::household::Guest;
use lodge_ground::clock::Wrong;

use crate::gate::Gate;
use crate::house;
use crate::lodging::{Lodging, times_told};

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_does_nothing_before_its_clock_and_the_homeservers_agree() -> Result<()> {
    let homeserver = house::homeserver().await;
    let gate = Gate::before(homeserver.port()).await?;
    let through = format!("matrix.homeserver={}", gate.url());
    let mut lodging = Lodging::prepare(homeserver, "clock", &["sam"], &[&through]).await?;
    let sam = lodging.person(homeserver, "clock", "sam").await?;
    for date in ["Sat, 02 Nov 2019 09:00:00 GMT", "Fri, 02 Nov 2057 09:00:00 GMT"] {
        gate.dated(Some(date))?;
        lodging.start();
        let error = lodging.ended().await.err().context("it runs by a clock that cannot be right")?;
        assert!(matches!(error.downcast_ref(), Some(Wrong::Apart { .. })), "{error:#}");
    }
    gate.dated(None)?;
    lodging.start();
    let sam = Guest::arrive(sam, &lodging.porter).await?;
    sam.asks("help", "help").await?;
    assert_eq!(times_told(&sam, "welcome"), 1, "nothing was said before");
    lodging.close(&[&sam]).await
}
