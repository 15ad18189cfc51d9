//! The worker of this process: its tasks, and how long each rests.

use std::time::Duration;

use futures::future::join_all;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep};

use super::chores;
use super::dispatcher::EffectDispatcher;
use super::state::AppState;
use crate::time::Timestamp;
use crate::worker::step::{Stepped, Worker};
use crate::worker::watch;

/// So many bookings are worked on at once.
const TASKS: usize = 4;
/// Work that has waited for longer than this, in milliseconds, is part of a backlog.
const BACKLOG_MILLIS: i64 = 1_000;
/// How often to look when nothing wakes.
const POLL: Duration = Duration::from_secs(5);
/// How often to look for mails when nothing wakes: those that wait for another try or for the end of quiet hours.
const MAIL_POLL: Duration = Duration::from_secs(15);
/// How often to tidy up.
const TIDY: Duration = Duration::from_secs(60);

/// A worker of the real marketplace.
pub fn of(state: &AppState) -> Worker<EffectDispatcher> {
    let metrics = state.worker.metrics.clone();
    Worker { db: state.db.clone(), table: state.table, metrics, effects: EffectDispatcher(state.clone()) }
}

/// Works until `stop`; what has begun is finished.
pub async fn run(state: AppState, stop: impl Future<Output = ()> + Clone + Send + 'static) {
    let tasks = join_all((0..TASKS).map(|number| task(&state, number, stop.clone())));
    // Without a mail server they are only kept, and nobody waits for that.
    let (pause, wake) = match state.config.smtp {
        Some(_) => (MAIL_POLL, Some(&state.worker.mails)),
        None => (TIDY, None),
    };
    let mails = repeat(&state, stop.clone(), pause, wake, chores::send_mails);
    let calendars = repeat(&state, stop.clone(), TIDY, None, async |state, now| {
        chores::read_calendars(state, now).await.map(|()| false)
    });
    let sweep =
        repeat(&state, stop.clone(), TIDY, None, async |state, now| chores::sweep(state, now).await.map(|()| false));
    let services = repeat(&state, stop.clone(), TIDY, None, chores::complete_services);
    let work = async { tokio::join!(tasks, mails, calendars, sweep, services) };
    state.handover.open();
    tokio::select! {
        _ = work => {}
        () = watch::watch(&state.db, &state.clock, &state.worker) => {}
    }
    state.handover.close();
    let worker = of(&state);
    while let Some(lease) = state.handover.waiting().await {
        if let Err(error) = worker.work_on(lease, state.clock.now()).await {
            tracing::warn!(%error, "what follows an action could not be done; it is tried again when its lease is over");
        }
    }
    tracing::info!("the worker has stopped");
}

/// Works until nothing is due, and says how many pieces of work that was.
///
/// # Errors
/// When the database fails.
pub async fn until_idle(state: &AppState) -> mongodb::error::Result<u64> {
    let task = async || {
        let (worker, mut count) = (of(state), 0);
        while worker.step(state.clock.now()).await? != Stepped::Idle {
            count += 1;
        }
        Ok(count)
    };
    join_all((0..TASKS).map(|_| task())).await.into_iter().sum()
}

/// Takes on bookings that are handed over, and looks that are asked for. The first task also looks from time to time without
/// being asked, for what becomes due by itself and for what nobody has reported.
async fn task(state: &AppState, number: usize, stop: impl Future<Output = ()> + Clone) {
    let worker = of(state);
    let mut handed = None;
    loop {
        let now = state.clock.now();
        let stepped = match handed.take() {
            Some(lease) => worker.work_on(lease, now).await,
            None => worker.step(now).await,
        };
        match stepped {
            // What has waited is not alone: this task goes on, and another one helps.
            Ok(Stepped::Worked(waited_millis)) if waited_millis > BACKLOG_MILLIS && !state.draining.is_cancelled() => {
                state.worker.bookings.ask_for_help();
                continue;
            }
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, "the worker cannot reach the database; it tries again"),
        }
        let poll = async {
            match number {
                0 => sleep(POLL).await,
                _ => std::future::pending().await,
            }
        };
        tokio::select! {
            () = stop.clone() => return,
            lease = state.handover.take() => handed = Some(lease),
            () = state.worker.bookings.take() => {}
            () = poll => {}
        }
    }
}

/// Does a chore again and again: at once while there is more to do, otherwise when it is woken or its time has come.
async fn repeat(
    state: &AppState,
    stop: impl Future<Output = ()> + Clone,
    every: Duration,
    wake: Option<&Notify>,
    chore: impl AsyncFn(&AppState, Timestamp) -> mongodb::error::Result<bool>,
) {
    loop {
        let began = Instant::now();
        match chore(state, state.clock.now()).await {
            Ok(true) if !state.draining.is_cancelled() => continue,
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, "a chore of the worker failed; it is tried again"),
        }
        let woken = async {
            match wake {
                Some(wake) => wake.notified().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = stop.clone() => return,
            () = woken => {}
            () = tokio::time::sleep_until(began + every) => {}
        }
    }
}
