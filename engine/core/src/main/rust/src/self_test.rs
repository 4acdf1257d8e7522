//! Checks what has to be true of this build before it may draw noise. It runs once, when Java loads the
//! library.

use std::ffi::c_int;
use std::sync::atomic::{AtomicBool, Ordering};

use opendp::traits::samplers::fill_bytes;

use crate::failure::{guarded, Failure};
use crate::generator::{self, RandMethod};

/// The version that the jar has to have as well.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Defect {
    WrongVersion,
    GeneratorIsNotOpenSsl,
    GeneratorFails,
    GeneratorIsNotBuffered,
    PanicsEscape,
}

impl Defect {
    pub fn name(self) -> &'static str {
        match self {
            Defect::WrongVersion => "the library and the jar are of different versions",
            Defect::GeneratorIsNotOpenSsl => "OpenDP was built without OpenSSL's generator",
            Defect::GeneratorFails => "OpenSSL's generator has no entropy",
            Defect::GeneratorIsNotBuffered => {
                "OpenDP's random bytes do not come through the buffer"
            }
            Defect::PanicsEscape => "panics are not caught",
        }
    }
}

/// Runs all checks. Call it before anything else draws, because it disables the generator for a moment.
pub fn run(jar_version: &str) -> Result<(), Defect> {
    if jar_version != VERSION {
        return Err(Defect::WrongVersion);
    }
    if !opendp_draws_from_openssl() {
        return Err(Defect::GeneratorIsNotOpenSsl);
    }
    let mut bytes = [0u8; 16];
    if fill_bytes(&mut bytes).is_err() || bytes == [0u8; 16] {
        return Err(Defect::GeneratorFails);
    }
    if !opendp_draws_through_the_buffer() {
        return Err(Defect::GeneratorIsNotBuffered);
    }
    if guarded::<()>(|| panic!()) != Err(Failure::Panicked) {
        return Err(Defect::PanicsEscape);
    }
    Ok(())
}

static ASKED: AtomicBool = AtomicBool::new(false);

/// Draws nothing and reports failure.
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

/// Returns whether OpenDP was built with its feature `use-openssl`. Rust cannot ask for the features of a
/// dependency, and a feature of our own that switches it on would only state the intention. So OpenSSL's
/// method of drawing is replaced for a moment by one that refuses. OpenDP must then fail to draw, and must
/// have asked. If another thread draws at that very moment, its draw fails and is never weak.
fn opendp_draws_from_openssl() -> bool {
    let mut bytes = [0u8; 1];
    ASKED.store(false, Ordering::SeqCst);
    let replaced = generator::replace_by(&REFUSING);
    let refused = fill_bytes(&mut bytes).is_err();
    let installed = generator::replace_by(generator::method());
    replaced && refused && installed && ASKED.load(Ordering::SeqCst)
}

/// Returns whether our method is in place and OpenDP gets the very bytes that the buffer holds, and gets them
/// once. Other bytes agree by chance once in 2^128.
fn opendp_draws_through_the_buffer() -> bool {
    generator::is_installed()
        && generator::buffered(|| {
            if fill_bytes(&mut [0u8; 1]).is_err() {
                return false;
            }
            // The buffer is filled now.
            let held = generator::upcoming::<16>();
            let mut drawn = [0u8; 16];
            fill_bytes(&mut drawn).is_ok()
                && held == Some(drawn)
                && generator::upcoming() != Some(drawn)
        })
}
