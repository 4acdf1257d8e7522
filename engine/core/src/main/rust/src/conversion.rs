//! Converts rho to (epsilon, delta) and back, by OpenDP's conversion and no other.

use opendp::combinators::ConcentratedMeasure;
use opendp::measures::{PrivacyProfile, ZeroConcentratedDivergence};

use crate::failure::Failure;

/// Budgets are kept in units of 2^-40. Every multiple of this unit below 2^53 is a double.
const RHO_UNITS: f64 = (1u64 << 40) as f64;
const MAX_UNITS: u64 = (1 << 53) - 1;

fn profile(rho: f64) -> Result<PrivacyProfile, Failure> {
    if rho.is_nan() || rho < 0.0 {
        return Err(Failure::PrivacyParameterOutOfRange);
    }
    // + 0.0 turns a negative zero, which OpenDP refuses, into a positive one.
    ZeroConcentratedDivergence::convert(rho + 0.0).map_err(|_| Failure::ConversionFailed)
}

/// Returns the smallest epsilon at which rho-zCDP is (epsilon, delta)-DP. It is infinite at delta = 0 unless
/// rho = 0.
pub fn epsilon(rho: f64, delta: f64) -> Result<f64, Failure> {
    if !(0.0..=1.0).contains(&delta) {
        return Err(Failure::PrivacyParameterOutOfRange);
    }
    let profile = profile(rho)?;
    let at_zero = profile.delta(0.0).map_err(|_| Failure::ConversionFailed)?;
    if at_zero <= delta {
        // OpenDP would bisect towards 0 through a thousand subnormal numbers.
        return Ok(0.0);
    }
    profile
        .epsilon(delta + 0.0)
        .map_err(|_| Failure::ConversionFailed)
}

/// Returns the smallest delta at which rho-zCDP is (epsilon, delta)-DP.
pub fn delta(rho: f64, epsilon: f64) -> Result<f64, Failure> {
    if epsilon.is_nan() || epsilon < 0.0 {
        return Err(Failure::PrivacyParameterOutOfRange);
    }
    profile(rho)?
        .delta(epsilon + 0.0)
        .map_err(|_| Failure::ConversionFailed)
}

/// Returns the largest multiple of 2^-40 below 2^13 that costs at most epsilon at this delta, by both
/// directions of the conversion. `epsilon(rho, delta) <= epsilon` and `delta(rho, epsilon) <= delta` hold for
/// the doubles returned and given. The result is 0 if nothing can be bought. Rho beyond 2^13 means epsilon
/// beyond 8,192, which is no privacy and not worth an arithmetic of its own.
pub fn largest_rho(epsilon: f64, delta: f64) -> Result<f64, Failure> {
    let positive = epsilon.is_finite() && epsilon > 0.0;
    if !positive || !(0.0..1.0).contains(&delta) {
        return Err(Failure::PrivacyParameterOutOfRange);
    }
    // A conversion that fails buys nothing, which is the safe side.
    let affordable = |units: u64| {
        units == 0 || self::delta(units as f64 / RHO_UNITS, epsilon).is_ok_and(|d| d <= delta)
    };
    let (mut low, mut high) = (0, 1);
    while high < MAX_UNITS && affordable(high) {
        low = high;
        high = (2 * high).min(MAX_UNITS);
    }
    while low + 1 < high {
        let middle = low + (high - low) / 2;
        if affordable(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    // The two directions agree up to the last digit of a double, which is far below a unit. So this loop ends
    // at once.
    let mut step = 1;
    while low > 0 && !self::epsilon(low as f64 / RHO_UNITS, delta).is_ok_and(|e| e <= epsilon) {
        low = low.saturating_sub(step);
        step *= 2;
    }
    Ok(low as f64 / RHO_UNITS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn epsilon_of_opendps_own_example() {
        let e = epsilon(1.0 / 32.0, 1e-3).unwrap();
        assert!((e - 0.688_002_455_487_808_5).abs() < 1e-15, "{e}");
    }

    /// Published tables search alpha on a grid. That costs them up to .3 % of rho at epsilon 20, and never
    /// gives more than the optimum.
    #[test]
    fn largest_rho_published_values() {
        for (e, rho) in [(1.0, 0.03055), (5.0, 0.5509), (20.0, 5.378)] {
            let found = largest_rho(e, 1e-5).unwrap();
            assert!(found >= rho && found < 1.003 * rho, "{e}: {found}");
        }
    }

    /// Minimises the same formula as OpenDP, on a fine grid of alpha and without its directed rounding.
    #[test]
    fn delta_is_the_minimum_over_alpha() {
        for (rho, e) in [(0.03f64, 1.0f64), (0.55, 5.0), (5.392, 20.0)] {
            let least = (1..=1_000_000)
                .map(|i| 1.0 + f64::from(i) / 20_000.0)
                .map(|a| ((a - 1.0) * (a * rho - e) + a * (-1.0 / a).ln_1p()).exp() / (a - 1.0))
                .fold(f64::INFINITY, f64::min);
            let found = delta(rho, e).unwrap();
            assert!((found / least - 1.0).abs() < 1e-7, "{rho} {e}: {found}");
        }
    }

    #[test]
    fn largest_rho_is_affordable_both_ways_and_one_unit_more_is_not() {
        for e in [1e-3, 0.1, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 100.0] {
            for d in [1e-12, 1e-9, 1e-6, 1e-5, 1e-3, 0.1] {
                let rho = largest_rho(e, d).unwrap();
                assert_eq!((rho * RHO_UNITS).fract(), 0.0);
                assert!(epsilon(rho, d).unwrap() <= e, "{e} {d} {rho}");
                assert!(delta(rho, e).unwrap() <= d, "{e} {d} {rho}");
                let more = rho + 1.0 / RHO_UNITS;
                assert!(
                    epsilon(more, d).unwrap() > e || delta(more, e).unwrap() > d,
                    "{e} {d} {rho}"
                );
            }
        }
    }

    #[test]
    fn largest_rho_grows_with_the_budget() {
        let mut last = 0.0;
        for step in 1..200 {
            let rho = largest_rho(0.05 * f64::from(step), 1e-6).unwrap();
            assert!(rho > last);
            last = rho;
        }
        assert!(largest_rho(1.0, 1e-5).unwrap() > largest_rho(1.0, 1e-6).unwrap());
    }

    #[test]
    fn largest_rho_of_nothing_or_of_everything() {
        assert_eq!(largest_rho(1.0, 0.0), Ok(0.0));
        let rho = largest_rho(1e9, 1e-5).unwrap();
        assert!(rho > 8000.0 && rho < 8192.0, "{rho}");
    }

    #[test]
    fn conversions_at_the_edges() {
        assert_eq!(epsilon(0.0, 0.0), Ok(0.0));
        assert_eq!(epsilon(-0.0, -0.0), Ok(0.0));
        assert_eq!(epsilon(0.1, 0.0), Ok(f64::INFINITY));
        assert_eq!(epsilon(0.1, 1.0), Ok(0.0));
        assert_eq!(epsilon(1e-12, 1e-3), Ok(0.0));
        assert_eq!(delta(0.1, f64::INFINITY), Ok(0.0));
        assert_eq!(epsilon(f64::INFINITY, 1e-5), Ok(f64::INFINITY));
    }

    #[test]
    fn conversions_of_nonsense_fail() {
        let wrong = Err(Failure::PrivacyParameterOutOfRange);
        for bad in [f64::NAN, -1.0] {
            assert_eq!(epsilon(bad, 1e-5), wrong);
            assert_eq!(epsilon(1.0, bad), wrong);
            assert_eq!(delta(bad, 1.0), wrong);
            assert_eq!(delta(1.0, bad), wrong);
            assert_eq!(largest_rho(bad, 1e-5), wrong);
            assert_eq!(largest_rho(1.0, bad), wrong);
        }
        assert_eq!(epsilon(1.0, 1.5), wrong);
        assert_eq!(largest_rho(f64::INFINITY, 1e-5), wrong);
        assert_eq!(largest_rho(1.0, 1.0), wrong);
    }
}
