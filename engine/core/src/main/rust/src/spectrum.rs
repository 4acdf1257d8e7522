//! Finds eigenpairs of a dense symmetric matrix, by faer. Only released (noisy) matrices come here.

use faer::diag::Diag;
use faer::dyn_stack::{MemBuffer, MemStack};
use faer::linalg::evd::{self_adjoint_evd, self_adjoint_evd_scratch, ComputeEigenvectors};
use faer::{Mat, MatRef, Par};

use crate::failure::Failure;
use crate::threads;

pub struct Spectrum {
    /// decreasing
    pub values: Vec<f64>,
    /// column q belongs to value q
    vectors: Mat<f64>,
    order: Vec<usize>,
}

impl Spectrum {
    pub fn vector(&self, q: usize) -> &[f64] {
        self.vectors.col_as_slice(self.order[q])
    }

    /// Decomposes a matrix. `symmetric` has n x n numbers, of which one triangle is read.
    pub fn of(symmetric: &[f64], n: usize, threads: usize) -> Result<Spectrum, Failure> {
        if n.checked_mul(n) != Some(symmetric.len()) {
            return Err(Failure::LengthMismatch);
        }
        if !symmetric.iter().all(|x| x.is_finite()) {
            return Err(Failure::NotFinite);
        }
        let (values, vectors) = threads::within(threads, || decompose(symmetric, n, threads))??;
        let mut order: Vec<usize> = (0..n).collect();
        order.sort_by(|&a, &b| values[b].total_cmp(&values[a]));
        Ok(Spectrum {
            values: order.iter().map(|&q| values[q]).collect(),
            vectors,
            order,
        })
    }
}

fn decompose(symmetric: &[f64], n: usize, threads: usize) -> Result<(Vec<f64>, Mat<f64>), Failure> {
    let par = if threads == 1 {
        Par::Seq
    } else {
        Par::rayon(threads)
    };
    let mut values = Diag::<f64>::zeros(n);
    let mut vectors = Mat::<f64>::zeros(n, n);
    let scratch =
        self_adjoint_evd_scratch::<f64>(n, ComputeEigenvectors::Yes, par, Default::default());
    let mut memory = MemBuffer::try_new(scratch).map_err(|_| Failure::OutOfMemory)?;
    self_adjoint_evd(
        MatRef::from_column_major_slice(symmetric, n, n),
        values.as_mut(),
        Some(vectors.as_mut()),
        par,
        MemStack::new(&mut memory),
        Default::default(),
    )
    .map_err(|_| Failure::NoConvergence)?;
    let values: Vec<f64> = values.column_vector().iter().copied().collect();
    // Overflow inside shows in the values, since every one of them depends on every entry.
    if values.iter().all(|value| value.is_finite()) {
        Ok((values, vectors))
    } else {
        Err(Failure::NoConvergence)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns entries in [-1, 1) from a multiplicative congruence, since any matrix will do.
    fn symmetric(n: usize) -> Vec<f64> {
        let mut state = 1u64;
        let mut matrix = vec![0.0; n * n];
        for i in 0..n {
            for j in i..n {
                state = state
                    .wrapping_mul(6364136223846793005)
                    .wrapping_add(1442695040888963407);
                let entry = (state >> 11) as f64 / (1u64 << 52) as f64 - 1.0;
                matrix[i * n + j] = entry;
                matrix[j * n + i] = entry;
            }
        }
        matrix
    }

    #[test]
    fn spectrum_residual_and_orthogonality() {
        for (n, threads) in [(2, 1), (3, 2), (50, 1), (257, 2)] {
            let a = symmetric(n);
            let spectrum = Spectrum::of(&a, n, threads).unwrap();
            assert!(spectrum.values.windows(2).all(|w| w[0] >= w[1]));
            let trace: f64 = (0..n).map(|i| a[i * n + i]).sum();
            assert!((spectrum.values.iter().sum::<f64>() - trace).abs() < 1e-10);
            for q in 0..n {
                let v = spectrum.vector(q);
                for i in 0..n {
                    let av: f64 = (0..n).map(|j| a[i * n + j] * v[j]).sum();
                    assert!((av - spectrum.values[q] * v[i]).abs() < 1e-11 * n as f64);
                }
                for p in 0..=q {
                    let dot: f64 = v.iter().zip(spectrum.vector(p)).map(|(x, y)| x * y).sum();
                    let wanted = if p == q { 1.0 } else { 0.0 };
                    assert!((dot - wanted).abs() < 1e-11);
                }
            }
        }
    }

    #[test]
    fn spectrum_of_nothing_and_of_one_number() {
        assert!(Spectrum::of(&[], 0, 2).unwrap().values.is_empty());
        let one = Spectrum::of(&[-3.0], 1, 1).unwrap();
        assert_eq!(one.values, [-3.0]);
        assert_eq!(one.vector(0)[0].abs(), 1.0);
    }

    #[test]
    fn spectrum_of_nonsense_fails() {
        let failure = |a: &[f64], n, threads| Spectrum::of(a, n, threads).err();
        assert_eq!(failure(&[1.0; 3], 2, 1), Some(Failure::LengthMismatch));
        assert_eq!(failure(&[], usize::MAX, 1), Some(Failure::LengthMismatch));
        assert_eq!(failure(&[f64::NAN; 4], 2, 1), Some(Failure::NotFinite));
        assert_eq!(failure(&[f64::INFINITY; 4], 2, 1), Some(Failure::NotFinite));
        assert_eq!(failure(&[1.0; 4], 2, 0), Some(Failure::ThreadsOutOfRange));
    }
}
