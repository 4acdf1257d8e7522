//! Runs work in bounded pools of as many threads as Java asks for, alive for one call.

use crate::failure::Failure;
use rayon::ThreadPoolBuilder;

/// A larger number is a mistake, because no machine has this many cores and every thread seeds a generator of
/// its own.
pub const MAX_THREADS: usize = 1024;

/// Runs `work` in a pool of `threads` threads. Parallel iterators inside it use that pool and no other. With
/// one thread, nothing is started and `work` runs where it is called, so it has to be sequential by itself.
pub fn within<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> Result<T, Failure> {
    match threads {
        1 => Ok(work()),
        2..=MAX_THREADS => ThreadPoolBuilder::new()
            .num_threads(threads)
            .thread_name(|index| format!("discreet-{index}"))
            .build()
            .map(|pool| pool.install(work))
            .map_err(|_| Failure::ThreadsUnavailable),
        _ => Err(Failure::ThreadsOutOfRange),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::guarded;
    use rayon::prelude::*;
    use std::collections::HashSet;
    use std::sync::Mutex;
    use std::thread;

    #[test]
    fn within_three_threads_uses_no_other() {
        let seen = Mutex::new(HashSet::new());
        within(3, || {
            (0..300).into_par_iter().for_each(|_| {
                seen.lock().unwrap().insert(thread::current().id());
            })
        })
        .unwrap();
        let seen = seen.into_inner().unwrap();
        assert!(!seen.is_empty() && seen.len() <= 3);
        assert!(!seen.contains(&thread::current().id()));
    }

    #[test]
    fn within_zero_or_too_many_threads_fails() {
        assert_eq!(within(0, || 1), Err(Failure::ThreadsOutOfRange));
        assert_eq!(
            within(MAX_THREADS + 1, || 1),
            Err(Failure::ThreadsOutOfRange)
        );
    }

    #[test]
    fn within_panic_in_the_pool_is_caught() {
        let outcome = guarded::<()>(|| {
            within(2, || {
                (0..64)
                    .into_par_iter()
                    .for_each(|i| assert_ne!(i, 37, "a value"))
            })
        });
        assert_eq!(outcome, Err(Failure::Panicked));
    }
}
