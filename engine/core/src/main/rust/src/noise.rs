//! Adds exact discrete Gaussian noise, from OpenDP.
//!
//! OpenDP's measurements are neither `Send` nor `Sync`, so each chunk of a vector builds its own from the
//! same numbers. That changes nothing in the guarantee. `make_gaussian` adds independent draws, coordinate by
//! coordinate, and the distribution of a draw depends on the scale only. So the chunks together are the
//! measurement over the whole vector, and the map is asked once, for the whole vector's sensitivity.
//!
//! `invoke` does not check its domain, so its assumptions are checked here. Its error text is dropped,
//! because that may quote its input.

use std::collections::HashMap;

use opendp::core::Measurement;
use opendp::domains::{AtomDomain, MapDomain, VectorDomain};
use opendp::measurements::{make_gaussian, make_gaussian_threshold};
use opendp::measures::{Approximate, ZeroConcentratedDivergence};
use opendp::metrics::{AbsoluteDistance, L02InfDistance, L2Distance};
use rayon::prelude::*;

use crate::failure::Failure;
use crate::generator::buffered;
use crate::threads;

/// Sums beyond this are refused. With sigma at most [`MAX_SIGMA`], noise then stays 16 sigma away from where
/// OpenDP would clamp.
pub const MAX_SUM: u64 = 1 << 62;
pub const MIN_SIGMA: f64 = 1.0;
pub const MAX_SIGMA: f64 = (1u64 << 58) as f64;

/// About 4 ms of work. This is coarse enough that building a measurement costs nothing noticeable, and fine
/// enough to keep every thread busy.
pub const CHUNK: usize = 1024;

/// Marks a value that stays secret. A released value is above a threshold that is at least 1.
pub const WITHHELD: i64 = i64::MIN;

type VectorMeasurement = Measurement<
    VectorDomain<AtomDomain<i64>>,
    L2Distance<f64>,
    ZeroConcentratedDivergence,
    Vec<i64>,
>;

/// Keys are positions. OpenDP needs something to tell values apart, and treats all keys alike.
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

/// Returns what a vector of this L2 sensitivity costs by OpenDP's map.
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

/// Returns (rho, delta) of releasing a map whose values one user changes in at most `l0` places, by at most
/// `l2` together and by at most `l_inf` each.
pub fn threshold_cost(
    sigma: f64,
    threshold: i64,
    l0: u32,
    l2: f64,
    l_inf: f64,
) -> Result<(f64, f64), Failure> {
    check_sensitivity(l2)?;
    check_sensitivity(l_inf)?;
    // OpenDP's map fails here as well. A threshold that the value of a single user reaches without noise
    // protects no one.
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

/// Returns whether a value is strictly above the threshold. OpenDP publishes noisy values >= threshold but
/// charges Pr[Z > threshold - l_inf] for them (opendp/opendp issue 2922). The value at the threshold itself
/// is not paid for, and dropping it is post-processing.
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
    let work = |chunk: &mut [i64]| buffered(|| work(chunk));
    if useful == 1 {
        return values.chunks_mut(CHUNK).try_for_each(work);
    }
    threads::within(useful, || values.par_chunks_mut(CHUNK).try_for_each(work))?
}

fn check_sigma(sigma: f64) -> Result<(), Failure> {
    // NaN is in no range.
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns steps so wide that noise of sigma 1 never mixes up two coordinates.
    fn staircase(length: usize) -> Vec<i64> {
        (0..length as i64).map(|i| (i - 1000) << 20).collect()
    }

    #[test]
    fn add_gaussian_any_length_keeps_every_coordinate_in_its_place() {
        for length in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 7] {
            for threads in [1, 2, 3] {
                let sums = staircase(length);
                let mut noisy = sums.clone();
                add_gaussian(&mut noisy, 1.0, threads).unwrap();
                assert_eq!(noisy.len(), length);
                assert!(noisy
                    .iter()
                    .zip(&sums)
                    .all(|(x, sum)| (x - sum).abs() < 1000));
                if length > 100 {
                    // Every chunk is noisy, because 61 % of the draws are not zero.
                    assert!(noisy.chunks(100).zip(sums.chunks(100)).all(|(x, y)| x != y));
                }
            }
        }
    }

    /// The variance of 20,000 draws has a standard deviation of 1 %. It is more than 6 of them off with
    /// probability 2e-9.
    #[test]
    fn add_gaussian_variance_is_that_of_sigma() {
        for threads in [1, 2] {
            let mut draws = vec![0i64; 20_000];
            add_gaussian(&mut draws, 10.0, threads).unwrap();
            let variance = draws.iter().map(|x| (x * x) as f64).sum::<f64>() / 20_000.0;
            assert!((variance / 100.0 - 1.0).abs() < 0.06, "{variance}");
        }
    }

    #[test]
    fn add_gaussian_largest_arguments_do_not_clamp() {
        let mut extremes = vec![1i64 << 62, -(1i64 << 62)];
        add_gaussian(&mut extremes, MAX_SIGMA, 1).unwrap();
        assert!(extremes[0] < i64::MAX && extremes[1] > i64::MIN);
    }

    #[test]
    fn add_gaussian_nonsense_fails() {
        let failure = |sums: &[i64], sigma, threads| {
            add_gaussian(&mut sums.to_vec(), sigma, threads).unwrap_err()
        };
        for sigma in [f64::NAN, -1.0, 0.0, 0.999, 3e17, f64::INFINITY] {
            assert_eq!(failure(&[0], sigma, 1), Failure::SigmaOutOfRange);
        }
        for sum in [(1i64 << 62) + 1, -(1i64 << 62) - 1, i64::MIN, i64::MAX] {
            assert_eq!(failure(&[0, sum], 1.0, 1), Failure::SumOutOfRange);
        }
        for threads in [0, threads::MAX_THREADS + 1] {
            assert_eq!(failure(&[0], 1.0, threads), Failure::ThreadsOutOfRange);
        }
    }

    #[test]
    fn rho_is_half_the_squared_ratio_and_never_less() {
        assert_eq!(rho(2.0, 1.0), Ok(0.125));
        assert_eq!(rho(4.0, 0.0), Ok(0.0));
        for (sigma, sensitivity) in [(3.0, 1.0), (1e6 / 3.0, 7.1), (MAX_SIGMA, 1e9)] {
            let formula = (sensitivity / sigma) * (sensitivity / sigma) / 2.0;
            let found = rho(sigma, sensitivity).unwrap();
            assert!((found / formula - 1.0).abs() < 1e-15);
        }
        for sensitivity in [f64::NAN, -1.0, f64::INFINITY] {
            assert_eq!(rho(2.0, sensitivity), Err(Failure::SensitivityOutOfRange));
        }
        assert_eq!(rho(0.5, 1.0), Err(Failure::SigmaOutOfRange));
    }

    #[test]
    fn threshold_boundary_is_strict() {
        assert!(!is_released(6, 7));
        assert!(!is_released(7, 7));
        assert!(is_released(8, 7));
        assert!(!is_released(WITHHELD, 1));
    }

    #[test]
    fn add_gaussian_above_keeps_places_and_withholds_the_rest() {
        let length = 2 * CHUNK + 5;
        let threshold = 1i64 << 30;
        let high = |i: usize| i.is_multiple_of(3);
        let values: Vec<i64> = (0..length)
            .map(|i| {
                if high(i) {
                    threshold + ((i as i64 + 1) << 20)
                } else {
                    threshold - ((i as i64 + 1) << 20)
                }
            })
            .collect();
        for threads in [1, 2] {
            let mut noisy = values.clone();
            add_gaussian_above(&mut noisy, 1.0, threshold, threads).unwrap();
            for i in 0..length {
                if high(i) {
                    assert!((noisy[i] - values[i]).abs() < 1000);
                } else {
                    assert_eq!(noisy[i], WITHHELD);
                }
            }
        }
        add_gaussian_above(&mut [], 1.0, threshold, 2).unwrap();
    }

    #[test]
    fn add_gaussian_above_nonsense_fails() {
        let failure =
            |sigma, threshold| add_gaussian_above(&mut [1], sigma, threshold, 1).unwrap_err();
        assert_eq!(failure(f64::NAN, 5), Failure::SigmaOutOfRange);
        assert_eq!(failure(2.0, 0), Failure::ThresholdOutOfRange);
        assert_eq!(failure(2.0, i64::MAX), Failure::ThresholdOutOfRange);
        assert_eq!(
            add_gaussian_above(&mut [i64::MIN], 2.0, 5, 1),
            Err(Failure::SumOutOfRange)
        );
    }

    /// Pr[N(0, 1) > 4] = 3.167e-5 bounds the discrete tail beyond 4.
    #[test]
    fn threshold_cost_is_rho_and_the_tail() {
        let (rho, delta) = threshold_cost(2.0, 18, 1, 10.0, 10.0).unwrap();
        assert_eq!(rho, 12.5);
        assert!((3.167e-5..3.168e-5).contains(&delta), "{delta}");
        let (_, twice) = threshold_cost(2.0, 18, 2, 20.0, 10.0).unwrap();
        assert!((twice / delta - 2.0).abs() < 1e-4, "{twice}");
        assert_eq!(
            threshold_cost(2.0, 9, 1, 10.0, 10.0),
            Err(Failure::ThresholdOutOfRange)
        );
        assert_eq!(
            threshold_cost(2.0, 18, 1, f64::NAN, 10.0),
            Err(Failure::SensitivityOutOfRange)
        );
    }
}
