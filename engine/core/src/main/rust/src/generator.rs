//! Asks OpenSSL's generator for 4 KiB at a time.
//!
//! OpenDP's sampler asks for a few bytes some fifteen times a draw. For every request, OpenSSL's DRBG does
//! what it does for a long one. It looks for a fork, reads the clock, compares counters, encrypts, and
//! replaces its key. Here it is asked once for [`SIZE`] bytes, which are handed out in order, each once.
//! OpenDP is unchanged and does not notice.
//!
//! **As strong as before.** All bytes come from the thread's own private DRBG (AES-256 in counter mode, SP
//! 800-90A), which seeds and reseeds itself as before. A look into memory reveals the same as before. Bytes
//! that were handed out are wiped before the request returns, and the DRBG has replaced its key by then, so
//! the past stays closed. Bytes of the near future are in memory, but anyone who can read them can also read
//! the DRBG's state beside them and compute them. Reseeding ends that, and bytes in a buffer would outlast
//! it. Hence buffers are in use within [`buffered`] only, which lasts for one chunk of a vector
//! (milliseconds) and wipes what is left over. The same makes forks harmless. A thread that forks is not in
//! the middle of a chunk, so the child has no buffered bytes to use again. A refill that fails makes the
//! request fail.
//!
//! **How requests come here.** Requests come by OpenSSL's `RAND_METHOD` on every platform. OpenSSL takes one
//! lock of the process before it looks up the method, and two busy cores lose a quarter of their time to it.
//! On Linux the linker (see build.rs) sends calls of `RAND_priv_bytes`, which is what OpenDP calls, here
//! without that lock.
//!
//! The library's libcrypto is linked into it and hidden, so the random numbers of other code are not touched.

use std::cell::RefCell;
use std::ffi::{c_double, c_int, c_uint, c_void};
use std::ptr;
use std::slice;
use std::sync::OnceLock;

// The crate whose libcrypto OpenDP is linked with.
use openssl_sys as _;

/// The size of one request to the DRBG. It allows 64 KiB, and beyond 4 KiB the fixed cost of a refill is no
/// longer noticeable.
const SIZE: usize = 4096;

/// Mirrors OpenSSL's RAND_METHOD (openssl/types.h, rand.h), which the openssl-sys crate does not declare.
#[repr(C)]
#[derive(Clone, Copy)]
pub(crate) struct RandMethod {
    pub seed: Option<unsafe extern "C" fn(*const c_void, c_int) -> c_int>,
    pub bytes: Option<unsafe extern "C" fn(*mut u8, c_int) -> c_int>,
    pub cleanup: Option<unsafe extern "C" fn()>,
    pub add: Option<unsafe extern "C" fn(*const c_void, c_int, c_double) -> c_int>,
    pub pseudorand: Option<unsafe extern "C" fn(*mut u8, c_int) -> c_int>,
    pub status: Option<unsafe extern "C" fn() -> c_int>,
}

extern "C" {
    fn RAND_OpenSSL() -> *const RandMethod;
    fn RAND_get_rand_method() -> *const RandMethod;
    fn RAND_set_rand_method(method: *const RandMethod) -> c_int;
    fn RAND_get0_private(library: *mut c_void) -> *mut c_void;
    fn EVP_RAND_generate(
        drbg: *mut c_void,
        out: *mut u8,
        length: usize,
        strength: c_uint,
        prediction_resistance: c_int,
        additional: *const u8,
        additional_length: usize,
    ) -> c_int;
    fn OPENSSL_cleanse(bytes: *mut c_void, length: usize);
}

/// Makes OpenSSL draw from `method`, for every thread. Returns false if OpenSSL refuses.
pub(crate) fn replace_by(method: &'static RandMethod) -> bool {
    // SAFETY: the layout is OpenSSL's, and a static lives forever.
    unsafe { RAND_set_rand_method(method) == 1 }
}

/// Returns OpenSSL's own method (its seeding, its status), except for the source of bytes.
pub(crate) fn method() -> &'static RandMethod {
    static METHOD: OnceLock<RandMethod> = OnceLock::new();
    METHOD.get_or_init(|| RandMethod {
        bytes: Some(bytes),
        pseudorand: Some(bytes),
        // SAFETY: never null, a static of OpenSSL's that nothing writes to.
        ..unsafe { *RAND_OpenSSL() }
    })
}

/// Installs the method once. If OpenSSL refuses, its own method stays in place, which is slower and just as
/// strong.
fn install() {
    static INSTALLED: OnceLock<bool> = OnceLock::new();
    INSTALLED.get_or_init(|| replace_by(method()));
}

pub(crate) fn is_installed() -> bool {
    // SAFETY: no arguments, and the result is compared and not followed.
    ptr::eq(unsafe { RAND_get_rand_method() }, method())
}

struct Buffer {
    /// Bytes before `next` were handed out and are wiped. Bytes from `next` on are random.
    bytes: [u8; SIZE],
    next: usize,
    /// While closed, the buffer is empty, and requests go to the DRBG itself.
    open: bool,
}

impl Buffer {
    const fn closed() -> Self {
        Buffer {
            bytes: [0; SIZE],
            next: SIZE,
            open: false,
        }
    }

    fn open(&mut self) {
        self.open = true;
    }

    fn close(&mut self) {
        self.open = false;
        self.forget();
    }

    /// Fills `out` with bytes that were never handed out before. Returns false if `refill` does, and then
    /// `out` must not be used.
    fn fill(&mut self, out: &mut [u8], refill: impl FnOnce(&mut [u8]) -> bool) -> bool {
        if !self.open || out.len() > SIZE {
            return refill(out);
        }
        let left = out.len().min(SIZE - self.next);
        let (first, rest) = out.split_at_mut(left);
        self.hand_out(first);
        if rest.is_empty() {
            return true;
        }
        if !refill(&mut self.bytes) {
            self.forget();
            return false;
        }
        self.next = 0;
        self.hand_out(rest);
        true
    }

    /// Hands out at most as many bytes as there are.
    fn hand_out(&mut self, out: &mut [u8]) {
        let handed = &mut self.bytes[self.next..self.next + out.len()];
        out.copy_from_slice(handed);
        wipe(handed);
        self.next += out.len();
    }

    fn forget(&mut self) {
        wipe(&mut self.bytes);
        self.next = SIZE;
    }
}

/// Writes zeros that no compiler leaves out.
fn wipe(bytes: &mut [u8]) {
    // SAFETY: a slice's own memory.
    unsafe { OPENSSL_cleanse(bytes.as_mut_ptr().cast(), bytes.len()) }
}

thread_local! {
    // There is nothing to drop, so the end of a thread leaves nothing undone. `buffered` has wiped the buffer
    // by then.
    static BUFFER: RefCell<Buffer> = const { RefCell::new(Buffer::closed()) };
}

/// Runs `work`. Meanwhile, draws of this thread come through its buffer, which is wiped at the end in any
/// case.
pub(crate) fn buffered<T>(work: impl FnOnce() -> T) -> T {
    struct Closing;
    impl Drop for Closing {
        fn drop(&mut self) {
            BUFFER.with_borrow_mut(Buffer::close);
        }
    }
    install();
    BUFFER.with_borrow_mut(Buffer::open);
    let _closing = Closing;
    work()
}

/// Returns the bytes that come next on this thread, if that many are left. The self-test compares them.
pub(crate) fn upcoming<const N: usize>() -> Option<[u8; N]> {
    BUFFER.with_borrow(|buffer| buffer.bytes[buffer.next..].first_chunk().copied())
}

/// OpenSSL calls this for random bytes. A thread that is already in the middle of a request cannot make
/// another, which fails.
unsafe extern "C" fn bytes(out: *mut u8, length: c_int) -> c_int {
    let Ok(length) = usize::try_from(length) else {
        return 0;
    };
    if length == 0 {
        return 1;
    }
    // SAFETY: RAND_bytes is given as many bytes to write to.
    let out = unsafe { slice::from_raw_parts_mut(out, length) };
    let filled = BUFFER.with(|buffer| {
        buffer
            .try_borrow_mut()
            .is_ok_and(|mut buffer| buffer.fill(out, generate))
    });
    c_int::from(filled)
}

// Rust exports what has a name for the linker. An exported function could be replaced by another library's of
// that name (LD_PRELOAD), and noise would then come from there. A linker gives a symbol the strictest
// visibility that any object asks for.
#[cfg(target_os = "linux")]
std::arch::global_asm!(".hidden __wrap_RAND_priv_bytes");

/// OpenDP's calls of `RAND_priv_bytes` are linked to this. The symbol is hidden, so the calls cannot go
/// elsewhere.
#[cfg(target_os = "linux")]
#[no_mangle]
unsafe extern "C" fn __wrap_RAND_priv_bytes(out: *mut u8, length: c_int) -> c_int {
    extern "C" {
        /// OpenSSL's own function, which asks the method.
        fn __real_RAND_priv_bytes(out: *mut u8, length: c_int) -> c_int;
    }
    let open = BUFFER.with(|buffer| buffer.try_borrow().is_ok_and(|buffer| buffer.open));
    // SAFETY: the caller's arguments, passed on.
    unsafe {
        if open {
            bytes(out, length)
        } else {
            __real_RAND_priv_bytes(out, length)
        }
    }
}

/// Fills `out` from this thread's private DRBG, which does not go through the method.
fn generate(out: &mut [u8]) -> bool {
    // SAFETY: null is the default library context. OpenSSL makes the thread's DRBG, keeps it and frees it.
    // There is no additional input.
    unsafe {
        let drbg = RAND_get0_private(ptr::null_mut());
        !drbg.is_null()
            && EVP_RAND_generate(drbg, out.as_mut_ptr(), out.len(), 0, 0, ptr::null(), 0) == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::{guarded, Failure};
    use opendp::traits::samplers::fill_bytes;
    use std::collections::{HashSet, VecDeque};
    use std::thread;

    /// A stream in which every byte depends on its place, made of a congruence's high bits.
    struct Stream(u64);

    impl Stream {
        fn next(&mut self) -> u8 {
            self.0 = self
                .0
                .wrapping_mul(6364136223846793005)
                .wrapping_add(1442695040888963407);
            (self.0 >> 56) as u8
        }

        fn fill(&mut self, out: &mut [u8]) -> bool {
            out.iter_mut().for_each(|byte| *byte = self.next());
            true
        }
    }

    fn open() -> Buffer {
        let mut buffer = Buffer::closed();
        buffer.open();
        buffer
    }

    /// The naive equivalent, a queue.
    fn from_queue(queue: &mut VecDeque<u8>, length: usize, stream: &mut Stream) -> Vec<u8> {
        if length > SIZE {
            return (0..length).map(|_| stream.next()).collect();
        }
        if queue.len() < length {
            queue.extend((0..SIZE).map(|_| stream.next()));
        }
        queue.drain(..length).collect()
    }

    #[test]
    fn fill_any_lengths_hands_out_the_stream_once_and_in_order() {
        let mut buffer = open();
        let mut queue = VecDeque::new();
        let (mut stream, mut twin) = (Stream(7), Stream(7));
        let mut lengths = Stream(8);
        for request in 0..20_000 {
            let length = match request % 100 {
                0 => SIZE - 1 + usize::from(lengths.next()) % 3,
                1 => usize::from(lengths.next()) * 3 * SIZE / 255,
                _ => usize::from(lengths.next()) % 40,
            };
            let mut out = vec![0; length];
            assert!(buffer.fill(&mut out, |bytes| stream.fill(bytes)));
            assert_eq!(out, from_queue(&mut queue, length, &mut twin));
            assert_eq!(SIZE - buffer.next, queue.len());
        }
    }

    #[test]
    fn fill_bytes_that_were_handed_out_are_wiped() {
        let mut buffer = open();
        let mut stream = Stream(7);
        for length in (1..200).chain([SIZE - 1, SIZE, SIZE + 1, 3 * SIZE, 5]) {
            let mut out = vec![0; length];
            assert!(buffer.fill(&mut out, |bytes| stream.fill(bytes)));
            assert!(buffer.bytes[..buffer.next].iter().all(|byte| *byte == 0));
            // Bytes that were not handed out are not wiped. 64 zeros in a row do not occur in the stream.
            assert!(buffer.bytes[buffer.next..]
                .windows(64)
                .all(|run| run.iter().any(|byte| *byte != 0)));
        }
        buffer.close();
        assert_eq!((buffer.bytes, buffer.next), ([0; SIZE], SIZE));
    }

    #[test]
    fn fill_refill_fails_so_does_the_request_and_nothing_of_it_is_kept() {
        let failing = |bytes: &mut [u8]| {
            bytes.fill(42);
            false
        };
        let mut stream = Stream(7);
        for length in [1, SIZE, SIZE + 1] {
            for taken in [0, 1, SIZE] {
                let mut buffer = open();
                assert!(buffer.fill(&mut vec![0; taken], |bytes| stream.fill(bytes)));
                let left = SIZE - buffer.next;
                let served = buffer.fill(&mut vec![0; length], failing);
                assert_eq!(served, length <= left);
                if !served && length <= SIZE {
                    assert_eq!((buffer.bytes, buffer.next), ([0; SIZE], SIZE));
                }
            }
        }
        let mut buffer = Buffer::closed();
        assert!(!buffer.fill(&mut [0], failing));
        // The buffer recovers afterwards.
        buffer.open();
        assert!(!buffer.fill(&mut [0], failing));
        let mut out = [0; 32];
        assert!(buffer.fill(&mut out, |bytes| Stream(9).fill(bytes)));
        let mut wanted = [0; 32];
        Stream(9).fill(&mut wanted);
        assert_eq!(out, wanted);
    }

    #[test]
    fn fill_closed_asks_the_refill_for_just_these_bytes() {
        let mut buffer = Buffer::closed();
        let mut asked = vec![];
        for length in [0, 1, 5, SIZE] {
            assert!(buffer.fill(&mut vec![0; length], |bytes| {
                asked.push(bytes.len());
                true
            }));
        }
        assert_eq!(asked, [0, 1, 5, SIZE]);
        assert_eq!(buffer.next, SIZE);
    }

    fn of_this_thread<T>(look: impl FnOnce(&Buffer) -> T) -> T {
        BUFFER.with_borrow(look)
    }

    fn is_wiped(buffer: &Buffer) -> bool {
        !buffer.open && buffer.next == SIZE && buffer.bytes == [0; SIZE]
    }

    /// A byte of a request is 0 in all of 40 rounds with probability 2^-320.
    #[test]
    fn opendp_any_length_is_filled_exactly() {
        buffered(|| {
            for length in (0..100).chain([SIZE - 1, SIZE, SIZE + 1, 2 * SIZE + 1, 3 * SIZE]) {
                let mut seen = vec![0; length];
                for _ in 0..40 {
                    let mut out = vec![0; length + 16];
                    fill_bytes(&mut out[..length]).unwrap();
                    assert_eq!(out[length..], [0; 16]);
                    seen.iter_mut()
                        .zip(&out)
                        .for_each(|(seen, byte)| *seen |= byte);
                }
                assert!(!seen.contains(&0));
            }
            assert!(is_installed());
            assert!(of_this_thread(|buffer| buffer.next < SIZE));
        });
    }

    /// Draws blocks of 16 bytes and counts how many different ones there are.
    fn different(threads: usize, draw: impl Fn(&mut [u8]) + Sync) -> usize {
        let drawn: Vec<[u8; 16]> = thread::scope(|scope| {
            let running: Vec<_> = (0..threads)
                .map(|_| {
                    scope.spawn(|| {
                        (0..5)
                            .flat_map(|_| {
                                buffered(|| {
                                    (0..3 * SIZE / 16)
                                        .map(|_| {
                                            let mut block = [0; 16];
                                            draw(&mut block);
                                            block
                                        })
                                        .collect::<Vec<_>>()
                                })
                            })
                            .collect::<Vec<_>>()
                    })
                })
                .collect();
            running
                .into_iter()
                .flat_map(|run| run.join().unwrap())
                .collect()
        });
        assert_eq!(drawn.len(), threads * 15 * SIZE / 16);
        drawn.into_iter().collect::<HashSet<_>>().len()
    }

    /// Of 2^16 random blocks of 128 bits, two are equal with probability 2^-97.
    #[test]
    fn opendp_refills_and_threads_never_repeat_bytes() {
        let all = 15 * SIZE / 16;
        assert_eq!(different(8, |out| fill_bytes(out).unwrap()), 8 * all);
        // The refill of the twin forgets where it was.
        let stuck = different(2, |out| {
            BUFFER.with_borrow_mut(|buffer| {
                assert!(buffer.fill(out, |bytes| Stream(7).fill(bytes)));
            })
        });
        assert!(stuck <= all / 15);
    }

    #[test]
    fn buffered_end_or_panic_wipes_what_is_left() {
        buffered(|| fill_bytes(&mut [0; 5]).unwrap());
        assert!(of_this_thread(is_wiped));
        let outcome = guarded::<()>(|| {
            buffered(|| {
                fill_bytes(&mut [0; 5]).unwrap();
                assert!(of_this_thread(
                    |buffer| buffer.next == 5 && buffer.bytes != [0; SIZE]
                ));
                panic!()
            })
        });
        assert_eq!(outcome, Err(Failure::Panicked));
        assert!(of_this_thread(is_wiped));
        // Nothing is buffered outside `buffered`.
        fill_bytes(&mut [0; 5]).unwrap();
        assert!(of_this_thread(is_wiped));
    }

    #[test]
    fn bytes_nonsense_or_within_another_request_fails() {
        let mut out = [7u8; 4];
        let ask = |out: &mut [u8], length| unsafe { bytes(out.as_mut_ptr(), length) };
        assert_eq!(ask(&mut out, -1), 0);
        assert_eq!(ask(&mut out, 0), 1);
        assert_eq!(BUFFER.with_borrow_mut(|_| ask(&mut out, 4)), 0);
        assert_eq!(out, [7; 4]);
    }
}
