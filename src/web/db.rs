//! The database: one client, typed collections, bounded reads, majority writes, the stable API.

use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use mongodb::action::{Aggregate, CountDocuments, Find, FindOne};
use mongodb::bson::Document;
use mongodb::error::{Error, ErrorKind, WriteFailure};
use mongodb::options::{ClientOptions, DatabaseOptions, ServerApi, ServerApiVersion, WriteConcern};
use mongodb::{Client, Database};
use serde::de::DeserializeOwned;

/// The most connections of a client that serves no pages.
pub const DEFAULT_CONNECTIONS: u32 = 10;

/// MongoDB's code for a unique key that is there already.
const DUPLICATE_KEY: i32 = 11_000;

/// How long the database works on one read at most.
const PATIENCE: Duration = Duration::from_secs(5);

/// A handle on the database, cheap to clone.
#[derive(Clone, Debug)]
pub struct Db {
    /// The client, for sessions and transactions.
    pub client: Client,
    /// The marketplace's database.
    pub database: Database,
    /// How it is connected, for another client. Shared: a handle is copied several times for each request.
    options: Arc<ClientOptions>,
}

/// The database for what goes on behind the pages: the worker with its change stream, and probes. Its connections are its own, so that
/// pages and this cannot starve each other.
#[derive(Clone, Debug)]
pub struct BackgroundDb(pub Db);

impl Db {
    /// Connects with at most [`DEFAULT_CONNECTIONS`]; nothing is sent before the first query.
    ///
    /// # Errors
    /// When the address cannot be read.
    pub async fn connect(uri: &str, name: &str) -> mongodb::error::Result<Self> {
        Self::connect_with_pool(uri, name, DEFAULT_CONNECTIONS).await
    }

    /// Connects with at most so many connections; nothing is sent before the first query.
    ///
    /// # Errors
    /// When the address cannot be read.
    pub async fn connect_with_pool(uri: &str, name: &str, connections: u32) -> mongodb::error::Result<Self> {
        let mut options = ClientOptions::parse(uri).await?;
        options.app_name = Some("gigsta".into());
        options.server_api = Some(ServerApi::builder().version(ServerApiVersion::V1).build());
        options.max_pool_size = Some(connections);
        options.write_concern = Some(WriteConcern::majority());
        // The driver's half a minute is longer than anybody waits for a page.
        options.server_selection_timeout.get_or_insert(Duration::from_secs(5));
        let client = Client::with_options(options.clone())?;
        Ok(Self { database: client.database(name), client, options: Arc::new(options) })
    }

    /// The same database over a client with at most so many connections of its own.
    ///
    /// # Errors
    /// When the driver refuses the number.
    pub fn with_own_pool(&self, connections: u32) -> mongodb::error::Result<Self> {
        let mut options = ClientOptions::clone(&self.options);
        options.max_pool_size = Some(connections);
        let client = Client::with_options(options.clone())?;
        Ok(Self { database: client.database(self.database.name()), client, options: Arc::new(options) })
    }

    /// The same for writes that follow from one that a majority has, and are done again until that says they are done: they
    /// do not wait for the majority themselves. Whatever takes one of them away takes what says so as well.
    #[must_use]
    pub fn following(&self) -> Self {
        let options = DatabaseOptions::builder().write_concern(WriteConcern::nodes(1)).build();
        let database = self.client.database_with_options(self.database.name(), options);
        Self { database, ..self.clone() }
    }

    /// A collection of one model.
    pub fn collection<T: Send + Sync>(&self, name: &str) -> Collection<T> {
        Collection(self.database.collection(name))
    }
}

/// The driver's collection, of which the database gives up every read that takes it longer than five seconds: whoever asked
/// has left by then.
#[derive(Debug)]
pub struct Collection<T: Send + Sync>(mongodb::Collection<T>);

impl<T: Send + Sync> Collection<T> {
    /// The documents that fit.
    pub fn find(&self, filter: Document) -> Find<'_, T> {
        self.0.find(filter).max_time(PATIENCE)
    }

    /// The first document that fits.
    pub fn find_one(&self, filter: Document) -> FindOne<'_, T>
    where
        T: DeserializeOwned,
    {
        self.0.find_one(filter).max_time(PATIENCE)
    }

    /// What a pipeline makes of the collection.
    pub fn aggregate(&self, pipeline: impl IntoIterator<Item = Document>) -> Aggregate<'_> {
        self.0.aggregate(pipeline).max_time(PATIENCE)
    }

    /// How many documents fit.
    pub fn count_documents(&self, filter: Document) -> CountDocuments<'_> {
        self.0.count_documents(filter).max_time(PATIENCE)
    }

    /// The same without a bound, for what is read as a whole while nobody waits for a page.
    pub fn unbounded(&self) -> &mongodb::Collection<T> {
        &self.0
    }
}

impl<T: Send + Sync> Deref for Collection<T> {
    type Target = mongodb::Collection<T>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

/// Whether a change of a change stream is one of that collection.
pub fn is_change_of(change: &Document, collection: &str) -> bool {
    change.get_document("ns").is_ok_and(|ns| ns.get_str("coll").is_ok_and(|name| name == collection))
}

/// Whether somebody else has the unique key.
pub fn is_duplicate_key(error: &Error) -> bool {
    match error.kind.as_ref() {
        ErrorKind::InsertMany(many) => many.write_errors.iter().flatten().any(|write| write.code == DUPLICATE_KEY),
        ErrorKind::Write(WriteFailure::WriteError(write)) => write.code == DUPLICATE_KEY,
        ErrorKind::Command(command) => command.code == DUPLICATE_KEY,
        _ => false,
    }
}
