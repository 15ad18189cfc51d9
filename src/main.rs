//! The server binary: `gigsta --help` says what it can do.

use std::collections::BTreeMap;
use std::io::Write;
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use gigsta::booking::machine::{TABLE, diagram};
use gigsta::server::config::{Audit, Cli, Command, GraphFormat, SeedOptions, SimulateOptions, Storage};
use gigsta::server::serve::{self, Database, Problem, Whose};
use gigsta::server::{audit, seed, telemetry};
use gigsta::simulate::{self, Plan};
use gigsta::time::Timestamp;
use gigsta::web::db::DEFAULT_CONNECTIONS;

/// The system's allocator keeps what several threads have freed: measured after the same load, 262 MB stayed resident with
/// glibc's and 50 with this one, at more requests a second (docs/adr/0008).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    telemetry::start(cli.log);
    match run(cli.command).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("gigsta: {problem}");
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> Result<(), Problem> {
    match command {
        Command::Serve(options) => serve::serve(options.try_into()?).await,
        Command::Worker { options, until_idle } => serve::work(options.try_into()?, until_idle).await,
        Command::Seed(SeedOptions { storage, scale, due }) => {
            with_database(storage, async |database| {
                let seed::Summary { accounts, bookings } = serve::seed_demo(&database.db).await?;
                print(&format!("{accounts} accounts and {bookings} bookings were missing and are there now."))?;
                seed::due::fill(&database.db, Timestamp::now(), due).await?;
                match scale {
                    Some(services) => Ok(seed::scale::fill(&database.db, Timestamp::now(), services, print).await?),
                    None => Ok(()),
                }
            })
            .await
        }
        Command::Audit { what: Audit::Verify(storage) } => {
            with_database(storage, async |database| {
                let count = audit::verify(&database.db).await?;
                print(&format!("{count} bookings checked: every history holds."))?;
                let count = audit::verify_providers(&database.db).await?;
                print(&format!("{count} applications checked: every history holds."))
            })
            .await
        }
        Command::Simulate(options) => simulate(options),
        Command::Graph { format } => {
            let graph = match format {
                GraphFormat::Mermaid => diagram::mermaid(TABLE),
                GraphFormat::Svg => diagram::svg(TABLE, &[], &BTreeMap::new()),
            };
            print(graph.trim_end())
        }
    }
}

/// Plays the marketplace in virtual time and prints what came of it.
fn simulate(SimulateOptions { seed, bookings, threads, counts }: SimulateOptions) -> Result<(), Problem> {
    let threads = threads.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from));
    let plan = Plan { seed, bookings, threads, table: TABLE, fault: None };
    let began = Instant::now();
    let outcome = simulate::run(&plan);
    print(simulate::text(&plan, &outcome, began.elapsed()).trim_end())?;
    if counts {
        print(outcome.coverage.text().trim_end())?;
    }
    if outcome.passed() { Ok(()) } else { Err("The simulation has found something; see above.".into()) }
}

/// Opens the database for one piece of work and closes it again, whatever came of the work.
async fn with_database(
    storage: Storage,
    work: impl AsyncFnOnce(&Database) -> Result<(), Problem>,
) -> Result<(), Problem> {
    let database = Database::open(&storage, DEFAULT_CONNECTIONS).await?;
    let done = work(&database).await;
    let closed = database.close(Whose::PerhapsAnothers).await;
    done.and(closed)
}

/// Prints a result. A reader that has seen enough, such as `head`, is no problem.
fn print(text: &str) -> Result<(), Problem> {
    match writeln!(std::io::stdout(), "{text}") {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}
