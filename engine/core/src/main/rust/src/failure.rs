//! Names what can go wrong on this side. A failure has a name and nothing else. It has no value, no length
//! and no text of OpenDP's, which may quote its input. The names are those of `Reason` in Java's
//! `NoiseException` and `SpectrumException`.

use std::panic::{catch_unwind, UnwindSafe};

#[cfg(panic = "abort")]
compile_error!("panics have to be caught before they reach the JVM: build with panic = \"unwind\"");

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    LengthMismatch,
    SigmaOutOfRange,
    SumOutOfRange,
    SensitivityOutOfRange,
    ThresholdOutOfRange,
    PrivacyParameterOutOfRange,
    ThreadsOutOfRange,
    ThreadsUnavailable,
    OutOfMemory,
    MapFailed,
    SamplingFailed,
    ConversionFailed,
    NotFinite,
    NoConvergence,
    Panicked,
}

impl Failure {
    pub fn name(self) -> &'static str {
        match self {
            Failure::LengthMismatch => "LENGTH_MISMATCH",
            Failure::SigmaOutOfRange => "SIGMA_OUT_OF_RANGE",
            Failure::SumOutOfRange => "SUM_OUT_OF_RANGE",
            Failure::SensitivityOutOfRange => "SENSITIVITY_OUT_OF_RANGE",
            Failure::ThresholdOutOfRange => "THRESHOLD_OUT_OF_RANGE",
            Failure::PrivacyParameterOutOfRange => "PRIVACY_PARAMETER_OUT_OF_RANGE",
            Failure::ThreadsOutOfRange => "THREADS_OUT_OF_RANGE",
            Failure::ThreadsUnavailable => "THREADS_UNAVAILABLE",
            Failure::OutOfMemory => "OUT_OF_MEMORY",
            Failure::MapFailed => "MAP_FAILED",
            Failure::SamplingFailed => "SAMPLING_FAILED",
            Failure::ConversionFailed => "CONVERSION_FAILED",
            Failure::NotFinite => "NOT_FINITE",
            Failure::NoConvergence => "NO_CONVERGENCE",
            Failure::Panicked => "PANICKED",
        }
    }
}

/// Runs `work`. A panic in it, or in a pool that it waits for, becomes [`Failure::Panicked`], and its message
/// is dropped.
pub fn guarded<T>(work: impl FnOnce() -> Result<T, Failure> + UnwindSafe) -> Result<T, Failure> {
    catch_unwind(work).unwrap_or(Err(Failure::Panicked))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guarded_panic_becomes_a_failure() {
        assert_eq!(guarded::<()>(|| panic!("42")), Err(Failure::Panicked));
    }

    #[test]
    fn guarded_result_passes_through() {
        assert_eq!(guarded(|| Ok(7)), Ok(7));
        assert_eq!(
            guarded::<()>(|| Err(Failure::MapFailed)),
            Err(Failure::MapFailed)
        );
    }
}
