//! What has to be true of this build before it may draw noise; run once, when Java loads the library.

use std::ffi::{c_double, c_int, c_void};
use std::ptr;
use std::sync::atomic::{AtomicBool, Ordering};

// The crate whose libcrypto OpenDP is linked with.
use openssl_sys as _;

use crate::failure::{guarded, Failure};

/// The version that the jar has to have as well.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Defect {
    WrongVersion,
    GeneratorIsNotOpenSsl,
    GeneratorFails,
    PanicsEscape,
}

impl Defect {
    pub fn name(self) -> &'static str {
        match self {
            Defect::WrongVersion => "the library and the jar are of different versions",
            Defect::GeneratorIsNotOpenSsl => "OpenDP was built without OpenSSL's generator",
            Defect::GeneratorFails => "OpenSSL's generator has no entropy",
            Defect::PanicsEscape => "panics are not caught",
        }
    }
}

/// Call it before anything else draws: for a moment it disables the generator.
pub fn run(jar_version: &str) -> Result<(), Defect> {
    if jar_version != VERSION {
        return Err(Defect::WrongVersion);
    }
    if !opendp_draws_from_openssl() {
        return Err(Defect::GeneratorIsNotOpenSsl);
    }
    let mut bytes = [0u8; 16];
    if opendp::traits::samplers::fill_bytes(&mut bytes).is_err() || bytes == [0u8; 16] {
        return Err(Defect::GeneratorFails);
    }
    if guarded::<()>(|| panic!()) != Err(Failure::Panicked) {
        return Err(Defect::PanicsEscape);
    }
    Ok(())
}

/// OpenSSL's RAND_METHOD (openssl/types.h, rand.h), which the openssl-sys crate does not declare.
#[repr(C)]
struct RandMethod {
    seed: Option<unsafe extern "C" fn(*const c_void, c_int) -> c_int>,
    bytes: Option<unsafe extern "C" fn(*mut u8, c_int) -> c_int>,
    cleanup: Option<unsafe extern "C" fn()>,
    add: Option<unsafe extern "C" fn(*const c_void, c_int, c_double) -> c_int>,
    pseudorand: Option<unsafe extern "C" fn(*mut u8, c_int) -> c_int>,
    status: Option<unsafe extern "C" fn() -> c_int>,
}

extern "C" {
    fn RAND_set_rand_method(method: *const RandMethod) -> c_int;
}

static ASKED: AtomicBool = AtomicBool::new(false);

/// Draws nothing, and says so.
unsafe extern "C" fn refuse(_: *mut u8, _: c_int) -> c_int {
    ASKED.store(true, Ordering::SeqCst);
    0
}

static REFUSING: RandMethod = RandMethod {
    seed: None,
    bytes: Some(refuse),
    cleanup: None,
    add: None,
    pseudorand: Some(refuse),
    status: None,
};

/// Whether OpenDP was built with its feature `use-openssl`. Rust cannot ask for the features of a dependency, and a feature of
/// our own that switches it on would only say what we meant. So OpenSSL's generator is replaced for a moment by one that
/// refuses: OpenDP must then fail to draw, and must have asked. (Should somebody draw at that very moment, the draw fails; it
/// is never weak.)
fn opendp_draws_from_openssl() -> bool {
    let mut bytes = [0u8; 1];
    ASKED.store(false, Ordering::SeqCst);
    // SAFETY: REFUSING lives forever and has the layout of OpenSSL's struct; null restores OpenSSL's own method.
    let replaced = unsafe { RAND_set_rand_method(&REFUSING) } == 1;
    let refused = opendp::traits::samplers::fill_bytes(&mut bytes).is_err();
    let restored = unsafe { RAND_set_rand_method(ptr::null()) } == 1;
    replaced && refused && restored && ASKED.load(Ordering::SeqCst)
}
