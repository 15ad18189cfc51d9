//! Passwords: argon2id, off the async threads, a few at a time.

use std::sync::Arc;
use std::time::Duration;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

use crate::error::AppError;

/// 19 MiB, 2 passes, parallelism 1: the first recommendation of OWASP's Password Storage Cheat Sheet (2025).
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const PARALLELISM: u32 = 1;

/// How long a hash waits for its turn before its sender is asked to come back.
const PATIENCE: Duration = Duration::from_secs(3);

/// After how many seconds a refused sender should try again.
const RETRY_AFTER_SECONDS: u32 = 5;

/// A hash of the same cost that fits no password, for addresses that nobody has.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5LW5vYm9keS0wMA$4dxzLVTnd1O8zT8iGSsJzWsXJBqt5KsiTtbD+VJdjK8";

/// Hashes and checks passwords, as many at once as there are cores. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Passwords {
    turns: Arc<Semaphore>,
    patience: Duration,
}

impl Default for Passwords {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self { turns: Arc::new(Semaphore::new(cores)), patience: PATIENCE }
    }
}

impl Passwords {
    /// The hash to store, in PHC form.
    ///
    /// # Errors
    /// 429 when too many wait already.
    pub async fn hash(&self, password: String) -> Result<String, AppError> {
        let hashed = self.turn(move || {
            let hash: PasswordHash = argon2()?.hash_password(password.as_bytes())?;
            Ok::<_, argon2::password_hash::Error>(hash.to_string())
        });
        hashed.await?.map_err(|error| {
            tracing::error!(%error, "a password could not be hashed");
            AppError::fault()
        })
    }

    /// Whether it is the password of that hash. Takes as long when there is no hash, and then says no.
    ///
    /// # Errors
    /// 429 when too many wait already.
    pub async fn verify(&self, password: String, hash: Option<String>) -> Result<bool, AppError> {
        let verified = self.turn(move || {
            let known = hash.is_some();
            let hash = hash.unwrap_or_else(|| NOBODY.to_owned());
            let Ok(hash) = PasswordHash::new(&hash) else {
                tracing::error!("a stored password hash cannot be read");
                return false;
            };
            // The cost is the hash's own.
            Argon2::default().verify_password(password.as_bytes(), &hash).is_ok() && known
        });
        verified.await
    }

    async fn turn<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, AppError> {
        let busy = || {
            AppError::too_many("Many people are signing in right now. Try again in a few seconds.", RETRY_AFTER_SECONDS)
        };
        let turn = tokio::time::timeout(self.patience, Arc::clone(&self.turns).acquire_owned()).await;
        let Ok(Ok(turn)) = turn else {
            return Err(busy());
        };
        // The permit is held until the hash is done, even if the request was dropped before.
        let work = tokio::task::spawn_blocking(move || {
            let done = work();
            drop(turn);
            done
        });
        work.await.map_err(|error| {
            tracing::error!(%error, "the hashing of a password broke off");
            AppError::fault()
        })
    }
}

fn argon2() -> Result<Argon2<'static>, argon2::Error> {
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(MEMORY_KIB, PASSES, PARALLELISM, None)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_fits_its_own_hash_only() {
        let passwords = Passwords::default();
        let hash = passwords.hash("kia-ora".into()).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert_ne!(hash, passwords.hash("kia-ora".into()).await.unwrap(), "salted");
        assert!(passwords.verify("kia-ora".into(), Some(hash.clone())).await.unwrap());
        assert!(!passwords.verify("Kia-ora".into(), Some(hash)).await.unwrap());
        assert!(!passwords.verify("kia-ora".into(), Some("not a hash".into())).await.unwrap());
    }

    #[tokio::test]
    async fn nobodys_hash_costs_what_a_real_one_costs_and_fits_nothing() {
        let passwords = Passwords::default();
        let real = passwords.hash("x".into()).await.unwrap();
        let (real, nobody) = (PasswordHash::new(&real).unwrap(), PasswordHash::new(NOBODY).unwrap());
        assert_eq!(real.params, nobody.params);
        assert_eq!(real.hash.unwrap().len(), nobody.hash.unwrap().len());
        assert_eq!(real.salt.unwrap().len(), nobody.salt.unwrap().len());
        assert!(!passwords.verify("nobody".into(), None).await.unwrap());
    }

    #[tokio::test]
    async fn who_waits_too_long_for_a_turn_is_asked_to_come_back() {
        let passwords = Passwords { turns: Arc::new(Semaphore::new(0)), patience: Duration::ZERO };
        let error = passwords.verify("x".into(), None).await.unwrap_err();
        assert_eq!((error.status, error.retry_after_seconds), (429, Some(RETRY_AFTER_SECONDS)));
    }
}
