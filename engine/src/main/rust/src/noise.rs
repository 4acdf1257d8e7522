//! Exact discrete Gaussian noise, from OpenDP.
//!
//! OpenDP's measurements are neither `Send` nor `Sync`, so each chunk of a vector builds its own from the same numbers. That
//! changes nothing in the guarantee: `make_gaussian` adds independent draws, coordinate by coordinate, and the distribution of
//! a draw depends on the scale only; the chunks together are the measurement over the whole vector, and the map is asked once,
//! for the whole vector's sensitivity.
//!
//! `invoke` does not check its domain, so what it assumes is checked here. What `invoke` says when it fails is dropped: it may
//! quote its input.

use std::collections::HashMap;

use opendp::core::Measurement;
use opendp::domains::{AtomDomain, MapDomain, VectorDomain};
use opendp::measurements::{make_gaussian, make_gaussian_threshold};
use opendp::measures::{Approximate, ZeroConcentratedDivergence};
use opendp::metrics::{AbsoluteDistance, L02InfDistance, L2Distance};
use rayon::prelude::*;

use crate::failure::Failure;
use crate::threads;

/// Sums beyond it are refused: with sigma at most [`MAX_SIGMA`] noise then stays 16 sigma away from where OpenDP would clamp.
pub const MAX_SUM: u64 = 1 << 62;
pub const MIN_SIGMA: f64 = 1.0;
pub const MAX_SIGMA: f64 = (1u64 << 58) as f64;

/// About 10 ms of work: coarse enough not to notice the building of a measurement, fine enough to keep every thread busy.
pub const CHUNK: usize = 1024;

/// Marks a value that stays secret. A released one is above a threshold that is at least 1.
pub const WITHHELD: i64 = i64::MIN;

type VectorMeasurement = Measurement<
    VectorDomain<AtomDomain<i64>>,
    L2Distance<f64>,
    ZeroConcentratedDivergence,
    Vec<i64>,
>;

/// Keys are positions: OpenDP needs something to tell values apart, and treats all keys alike.
type MapMeasurement = Measurement<
    MapDomain<AtomDomain<i64>, AtomDomain<i64>>,
    L02InfDistance<AbsoluteDistance<f64>>,
    Approximate<ZeroConcentratedDivergence>,
    HashMap<i64, i64>,
>;

fn gaussian(sigma: f64) -> Result<VectorMeasurement, Failure> {
    check_sigma(sigma)?;
    make_gaussian(
        VectorDomain::new(AtomDomain::<i64>::default()),
        L2Distance::<f64>::default(),
        sigma,
        None,
    )
    .map_err(|_| Failure::SigmaOutOfRange)
}

fn gaussian_threshold(sigma: f64, threshold: i64) -> Result<MapMeasurement, Failure> {
    check_sigma(sigma)?;
    if !(1..=MAX_SUM as i64).contains(&threshold) {
        return Err(Failure::ThresholdOutOfRange);
    }
    make_gaussian_threshold(
        MapDomain::new(AtomDomain::<i64>::default(), AtomDomain::<i64>::default()),
        L02InfDistance::<AbsoluteDistance<f64>>::default(),
        sigma,
        threshold,
        None,
    )
    .map_err(|_| Failure::ThresholdOutOfRange)
}

/// What OpenDP's map says a vector of this L2 sensitivity costs.
pub fn rho(sigma: f64, sensitivity: f64) -> Result<f64, Failure> {
    check_sensitivity(sensitivity)?;
    gaussian(sigma)?
        .map(&sensitivity)
        .map_err(|_| Failure::MapFailed)
}

/// Replaces every sum by sum + noise. On a failure the content is unspecified and must not be used.
pub fn add_gaussian(sums: &mut [i64], sigma: f64, threads: usize) -> Result<(), Failure> {
    check_sigma(sigma)?;
    check_sums(sums)?;
    in_chunks(sums, threads, |chunk| {
        let noisy = gaussian(sigma)?
            .invoke(&chunk.to_vec())
            .map_err(|_| Failure::SamplingFailed)?;
        if noisy.len() != chunk.len() {
            return Err(Failure::SamplingFailed);
        }
        chunk.copy_from_slice(&noisy);
        Ok(())
    })
}

/// (rho, delta) of releasing a map whose values one person changes in at most `l0` places, by at most `l2` together and by
/// at most `l_inf` each.
pub fn threshold_cost(
    sigma: f64,
    threshold: i64,
    l0: u32,
    l2: f64,
    l_inf: f64,
) -> Result<(f64, f64), Failure> {
    check_sensitivity(l2)?;
    check_sensitivity(l_inf)?;
    // OpenDP's map fails here as well. A threshold that a lone person's value reaches without noise hides nobody.
    if l_inf > threshold as f64 {
        return Err(Failure::ThresholdOutOfRange);
    }
    gaussian_threshold(sigma, threshold)?
        .map(&(l0, l2, l_inf))
        .map_err(|_| Failure::MapFailed)
}

/// Replaces every value by value + noise where that is above the threshold, and by [`WITHHELD`] elsewhere.
pub fn add_gaussian_above(
    values: &mut [i64],
    sigma: f64,
    threshold: i64,
    threads: usize,
) -> Result<(), Failure> {
    gaussian_threshold(sigma, threshold)?;
    check_sums(values)?;
    in_chunks(values, threads, |chunk| {
        let keyed: HashMap<i64, i64> = (0i64..).zip(chunk.iter().copied()).collect();
        let noisy = gaussian_threshold(sigma, threshold)?
            .invoke(&keyed)
            .map_err(|_| Failure::SamplingFailed)?;
        for (key, value) in (0i64..).zip(chunk.iter_mut()) {
            *value = noisy
                .get(&key)
                .copied()
                .filter(|noisy| is_released(*noisy, threshold))
                .unwrap_or(WITHHELD);
        }
        Ok(())
    })
}

/// Strictly above. OpenDP publishes noisy values >= threshold but charges Pr[Z > threshold - l_inf] for them
/// (opendp/opendp issue 2922): the value at the threshold itself is not paid for, and dropping it is post-processing.
fn is_released(noisy: i64, threshold: i64) -> bool {
    noisy > threshold
}

fn in_chunks(
    values: &mut [i64],
    threads: usize,
    work: impl Fn(&mut [i64]) -> Result<(), Failure> + Send + Sync,
) -> Result<(), Failure> {
    if !(1..=threads::MAX_THREADS).contains(&threads) {
        return Err(Failure::ThreadsOutOfRange);
    }
    let useful = threads.min(values.len().div_ceil(CHUNK)).max(1);
    if useful == 1 {
        return values.chunks_mut(CHUNK).try_for_each(work);
    }
    threads::within(useful, || values.par_chunks_mut(CHUNK).try_for_each(work))?
}

fn check_sigma(sigma: f64) -> Result<(), Failure> {
    // NaN is in no range
    if (MIN_SIGMA..=MAX_SIGMA).contains(&sigma) {
        Ok(())
    } else {
        Err(Failure::SigmaOutOfRange)
    }
}

fn check_sensitivity(sensitivity: f64) -> Result<(), Failure> {
    if sensitivity.is_finite() && sensitivity >= 0.0 {
        Ok(())
    } else {
        Err(Failure::SensitivityOutOfRange)
    }
}

fn check_sums(sums: &[i64]) -> Result<(), Failure> {
    if sums.iter().all(|sum| sum.unsigned_abs() <= MAX_SUM) {
        Ok(())
    } else {
        Err(Failure::SumOutOfRange)
    }
}
