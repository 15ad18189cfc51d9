//! The command line: every option has an environment variable, and `--help` explains each.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::builder::FalseyValueParser;
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use secrecy::SecretString;

/// A two-sided marketplace for services in New Zealand and Australia.
#[derive(Debug, Parser)]
#[command(name = "gigsta", version, arg_required_else_help = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// How log lines look: `pretty` for people, `json` for machines. `RUST_LOG` filters them.
    #[arg(long, env = "GIGSTA_LOG", value_enum, default_value_t = LogFormat::Pretty, global = true)]
    pub log: LogFormat,
}

/// What the binary can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serves the marketplace until Ctrl-C or SIGTERM.
    Serve(Options),
    /// Does what happens by itself, without serving: clocks, reminders, notices, mails. Understands what `serve` does.
    /// The demo's `/dev/clock` moves the clock of the serving process only, so the demo is best left to `serve` alone.
    Worker {
        /// The same as the server's.
        #[command(flatten)]
        options: Options,
        /// Ends as soon as nothing is due, and says how much was done.
        #[arg(long)]
        until_idle: bool,
    },
    /// Puts the demo's people, services and bookings into the database; what is there already stays.
    Seed(SeedOptions),
    /// Examines what is stored.
    Audit {
        /// What to examine.
        #[command(subcommand)]
        what: Audit,
    },
    /// Plays the whole marketplace in virtual time, with crashes, against the laws of the booking machine.
    ///
    /// Needs no database: the rules are the real ones, the store is a model of it. Prints how fast it was and what it reached.
    /// Exits with 1 if a law broke, with the shortest history found that breaks it, or if 20,000 bookings and more did not
    /// reach every (status, action, actor) and every denial of the table.
    Simulate(SimulateOptions),
    /// Prints the booking machine as a graph.
    Graph {
        /// In which language.
        #[arg(long, value_enum, default_value_t = GraphFormat::Mermaid)]
        format: GraphFormat,
    },
}

/// What `simulate` is told.
#[derive(Clone, Copy, Debug, Args)]
pub struct SimulateOptions {
    /// What everything follows from: the same seed is the same story, on every machine.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// How many bookings. From 20,000 on, everything that the table allows has to be reached.
    #[arg(long, default_value_t = 20_000)]
    pub bookings: u64,
    /// How many threads; the outcome does not depend on it. [default: one a processor]
    #[arg(long)]
    pub threads: Option<usize>,
    /// Also says how often each cell and each denial was reached.
    #[arg(long)]
    pub counts: bool,
}

/// What can be examined.
#[derive(Debug, Subcommand)]
pub enum Audit {
    /// Checks every booking's history: that its hash chain is whole and that its events lead to its state.
    ///
    /// Prints how many were checked; exits with 1 at the first fault.
    Verify(Storage),
}

/// How log lines look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// Lines for people.
    #[default]
    Pretty,
    /// One JSON object a line.
    Json,
}

/// How the graph is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum GraphFormat {
    /// A Mermaid state diagram.
    Mermaid,
    /// A picture.
    Svg,
}

/// Where data lives.
#[derive(Clone, Debug, Args)]
pub struct Storage {
    /// The MongoDB to use, a replica set. Without it a `mongod` of our own is started and stopped again.
    #[arg(long, env = "MONGODB_URI", hide_env_values = true)]
    pub mongodb_uri: Option<SecretString>,
    /// The database's name.
    #[arg(long, env = "GIGSTA_DB", default_value = "gigsta")]
    pub db: String,
    /// The folder in which our own `mongod` keeps its files.
    #[arg(long, env = "GIGSTA_DATA", default_value = ".data")]
    pub data: PathBuf,
}

/// What `seed` is told.
#[derive(Clone, Debug, Args)]
pub struct SeedOptions {
    /// Where data lives.
    #[command(flatten)]
    pub storage: Storage,
    /// Also generates that many services, and a fifth as many providers, to see how searches do with many: 100,000 if no
    /// number is given. The same every time, in place of those generated before; 0 removes them again.
    #[arg(long, value_name = "SERVICES", num_args = 0..=1, default_missing_value = "100000")]
    pub scale: Option<u32>,
    /// Also generates that many requests whose time to answer is over, to see how fast the worker is.
    #[arg(long, value_name = "BOOKINGS", default_value_t = 0)]
    pub due: u32,
}

/// What `serve` is told.
#[derive(Clone, Debug, Args)]
pub struct Options {
    /// Where data lives.
    #[command(flatten)]
    pub storage: Storage,
    /// The most connections to the database for pages. Searches, and the worker with its change stream, have a few more
    /// of their own.
    #[arg(long, env = "GIGSTA_CONNECTIONS", default_value_t = 32)]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub connections: u32,
    /// The address and port to listen on.
    #[arg(long, env = "GIGSTA_ADDR", default_value = "127.0.0.1:3000")]
    pub addr: SocketAddr,
    /// The address people type, such as `https://gigsta.example`. With https, cookies are `Secure`. [default: http://ADDR]
    #[arg(long, env = "GIGSTA_BASE_URL")]
    pub base_url: Option<String>,
    /// Seeds demo data and opens the demo's own pages, `/dev/clock` among them. Loopback addresses only.
    #[arg(long, env = "GIGSTA_DEMO", value_parser = FalseyValueParser::new())]
    pub demo: bool,
    /// Empties the database before the demo is seeded into it, so that it begins anew. Only with the demo.
    #[arg(long, env = "GIGSTA_DEMO_FRESH", value_parser = FalseyValueParser::new())]
    pub fresh: bool,
    /// The folder with `pkg/` and the public files.
    #[arg(long, env = "LEPTOS_SITE_ROOT", default_value = "target/site")]
    pub site_root: PathBuf,
    /// An S3-compatible bucket for photos, such as `s3://bucket/folder`; keys, region and endpoint come from the usual
    /// `AWS_` variables. [default: the folder `photos` in GIGSTA_DATA]
    #[arg(long, env = "GIGSTA_PHOTOS_URL")]
    pub photos_url: Option<String>,
    /// Whether clocks, reminders and notices run in this process as well; without, `gigsta worker` has to run beside it.
    #[arg(long, env = "GIGSTA_WORKER", value_name = "BOOL", default_value_t = true, action = ArgAction::Set)]
    #[arg(value_parser = FalseyValueParser::new(), hide_default_value = true)]
    pub worker: bool,
    /// The same as GIGSTA_WORKER=0.
    #[arg(long)]
    pub no_worker: bool,
    /// The mail server, such as `smtps://name:password@mail.example` (TLS), `smtp://host:587?tls=required` (STARTTLS) or
    /// `smtp://127.0.0.1:25`; name and password percent-encoded. Without it mails are only kept in the database.
    #[arg(long, env = "SMTP_URL", hide_env_values = true)]
    pub smtp_url: Option<SecretString>,
    /// Who writes the mails, such as `GigSta <hello@gigsta.example>`. Needed with SMTP_URL.
    #[arg(long, env = "GIGSTA_MAIL_FROM")]
    pub mail_from: Option<String>,
}
