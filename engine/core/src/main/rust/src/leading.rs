//! Finds all eigenvalues of a dense symmetric matrix, and then the vectors of the largest ones. The caller
//! decides how many vectors after seeing the values.
//!
//! The matrix is reduced to a tridiagonal one T (faer), whose eigenvalues take n^2 steps. A wanted vector is
//! found from T by inverse iteration, in n steps, and carried back through the reflections, in 2 n^2 steps.
//! All vectors together would take a few times n^3.

use faer::diag::Diag;
use faer::dyn_stack::{MemBuffer, MemStack, StackReq};
use faer::linalg::evd::tridiag::{tridiag_in_place, tridiag_in_place_scratch};
use faer::linalg::evd::{
    self_adjoint_evd_scratch, tridiagonal_self_adjoint_evd, ComputeEigenvectors,
};
use faer::linalg::householder::{
    apply_block_householder_sequence_on_the_left_in_place_scratch,
    apply_block_householder_sequence_on_the_left_in_place_with_conj,
};
use faer::linalg::qr::no_pivoting::factor::recommended_block_size;
use faer::linalg::temp_mat_scratch;
use faer::{Conj, Mat, MatMut, MatRef, Par};
use rayon::prelude::*;

use crate::failure::Failure;
use crate::threads;

/// Neighbours closer than this, relative to the norm, are made orthogonal to each other, at a cost that grows
/// with the square of their number. Others are orthogonal by themselves, up to about the precision of a
/// double divided by this distance, which is 1e-8 at worst.
const CLOSE: f64 = 1e-7;
/// The largest |T z - lambda z| allowed, relative to the norm. The eigenvalues themselves are off by as much.
const RESIDUAL: f64 = 1e-13;
const ITERATIONS: usize = 8;

pub struct Reduced {
    /// decreasing
    pub values: Vec<f64>,
    tridiagonal: Tridiagonal,
    /// What `T` was made by, below the first subdiagonal and in `factors`.
    reflections: Mat<f64>,
    factors: Mat<f64>,
    threads: usize,
}

struct Tridiagonal {
    diagonal: Vec<f64>,
    /// one entry less
    beside: Vec<f64>,
    /// largest sum of absolute values of a row
    norm: f64,
}

impl Reduced {
    /// Reduces a matrix. `symmetric` has n x n numbers, of which one triangle is read.
    pub fn of(symmetric: &[f64], n: usize, threads: usize) -> Result<Reduced, Failure> {
        if n.checked_mul(n) != Some(symmetric.len()) {
            return Err(Failure::LengthMismatch);
        }
        if !symmetric.iter().all(|x| x.is_finite()) {
            return Err(Failure::NotFinite);
        }
        threads::within(threads, || reduce(symmetric, n, threads))?
    }

    /// Returns the vectors of the first `count` values, n numbers each, of norm 1 and any sign.
    pub fn vectors(&self, count: usize) -> Result<Vec<f64>, Failure> {
        if count > self.values.len() {
            return Err(Failure::LengthMismatch);
        }
        threads::within(self.threads, || {
            let found =
                match inverse_iteration(&self.tridiagonal, &self.values[..count], self.threads) {
                    Some(found) => found,
                    None => self.divide_and_conquer(count)?,
                };
            self.back(found, count)
        })?
    }

    /// Computes all vectors of T. This is the naive equivalent, for matrices on which inverse iteration does
    /// not converge.
    fn divide_and_conquer(&self, count: usize) -> Result<Vec<f64>, Failure> {
        let n = self.values.len();
        let par = par(self.threads);
        let mut all = Mat::<f64>::zeros(n, n);
        let request =
            self_adjoint_evd_scratch::<f64>(n, ComputeEigenvectors::Yes, par, Default::default());
        let mut memory = MemBuffer::try_new(request).map_err(|_| Failure::OutOfMemory)?;
        let (diagonal, beside) = self.tridiagonal.as_faer();
        tridiagonal_self_adjoint_evd(
            diagonal.as_ref(),
            beside.as_ref(),
            Diag::<f64>::zeros(n).as_mut(),
            Some(all.as_mut()),
            par,
            MemStack::new(&mut memory),
            Default::default(),
        )
        .map_err(|_| Failure::NoConvergence)?;
        // The values increase here.
        Ok((0..count)
            .flat_map(|q| all.col_as_slice(n - 1 - q).iter().copied())
            .collect())
    }

    /// Turns vectors of T into those of the matrix.
    fn back(&self, mut vectors: Vec<f64>, count: usize) -> Result<Vec<f64>, Failure> {
        let n = self.values.len();
        if n < 2 || count == 0 {
            return Ok(vectors);
        }
        let request = apply_block_householder_sequence_on_the_left_in_place_scratch::<f64>(
            n - 1,
            self.factors.nrows(),
            count,
        );
        let mut memory = MemBuffer::try_new(request).map_err(|_| Failure::OutOfMemory)?;
        apply_block_householder_sequence_on_the_left_in_place_with_conj(
            self.reflections.submatrix(1, 0, n - 1, n - 1),
            self.factors.as_ref(),
            Conj::No,
            MatMut::from_column_major_slice_mut(&mut vectors, n, count).subrows_mut(1, n - 1),
            par(self.threads),
            MemStack::new(&mut memory),
        );
        if vectors.iter().all(|x| x.is_finite()) {
            Ok(vectors)
        } else {
            Err(Failure::NoConvergence)
        }
    }
}

fn par(threads: usize) -> Par {
    if threads == 1 {
        Par::Seq
    } else {
        Par::rayon(threads)
    }
}

fn reduce(symmetric: &[f64], n: usize, threads: usize) -> Result<Reduced, Failure> {
    let mut reflections = MatRef::from_column_major_slice(symmetric, n, n).to_owned();
    let mut factors = Mat::<f64>::zeros(recommended_block_size::<f64>(n, n), n.saturating_sub(1));
    let par = par(threads);
    let request = StackReq::any_of(&[
        tridiag_in_place_scratch::<f64>(n, par, Default::default()),
        temp_mat_scratch::<f64>(n, 1).array(2),
    ]);
    let mut memory = MemBuffer::try_new(request).map_err(|_| Failure::OutOfMemory)?;
    if n > 1 {
        tridiag_in_place(
            reflections.as_mut(),
            factors.as_mut(),
            par,
            MemStack::new(&mut memory),
            Default::default(),
        );
    }
    let tridiagonal = Tridiagonal::new(
        (0..n).map(|i| reflections[(i, i)]).collect(),
        (1..n).map(|i| reflections[(i, i - 1)]).collect(),
    );
    let (diagonal, beside) = tridiagonal.as_faer();
    let mut values = Diag::<f64>::zeros(n);
    tridiagonal_self_adjoint_evd(
        diagonal.as_ref(),
        beside.as_ref(),
        values.as_mut(),
        None,
        par,
        MemStack::new(&mut memory),
        Default::default(),
    )
    .map_err(|_| Failure::NoConvergence)?;
    let mut values: Vec<f64> = values.column_vector().iter().copied().collect();
    // Overflow inside shows in the values, since every one of them depends on every entry.
    if !values.iter().all(|value| value.is_finite()) {
        return Err(Failure::NoConvergence);
    }
    values.sort_by(|a, b| b.total_cmp(a));
    Ok(Reduced {
        values,
        tridiagonal,
        reflections,
        factors,
        threads,
    })
}

impl Tridiagonal {
    fn new(diagonal: Vec<f64>, beside: Vec<f64>) -> Self {
        let at = |i: usize| beside.get(i).map_or(0.0, |x| x.abs());
        let norm = (0..diagonal.len())
            .map(|i| diagonal[i].abs() + at(i) + if i > 0 { at(i - 1) } else { 0.0 })
            .fold(0.0, f64::max);
        Tridiagonal {
            diagonal,
            beside,
            norm,
        }
    }

    fn as_faer(&self) -> (Diag<f64>, Diag<f64>) {
        let n = self.diagonal.len();
        let (mut diagonal, mut beside) = (Diag::zeros(n), Diag::zeros(n));
        for i in 0..n {
            diagonal[i] = self.diagonal[i];
            beside[i] = self.beside.get(i).copied().unwrap_or(0.0);
        }
        (diagonal, beside)
    }

    /// Returns the largest entry of (T - lambda) z.
    fn residual(&self, lambda: f64, z: &[f64]) -> f64 {
        (0..z.len())
            .map(|i| {
                let mut row = (self.diagonal[i] - lambda) * z[i];
                if i > 0 {
                    row += self.beside[i - 1] * z[i - 1];
                }
                if i + 1 < z.len() {
                    row += self.beside[i] * z[i + 1];
                }
                row.abs()
            })
            // f64::max would pass over NaN
            .fold(0.0, |a, b| if b <= a { a } else { b })
    }
}

/// T - lambda as L U, with rows exchanged as needed. Pivots that vanish are replaced by tiny ones.
struct Factored {
    pivot: Vec<f64>,
    above: Vec<f64>,
    far_above: Vec<f64>,
    below: Vec<f64>,
    exchanged: Vec<bool>,
}

impl Factored {
    fn of(t: &Tridiagonal, lambda: f64) -> Self {
        let n = t.diagonal.len();
        let tiny = if t.norm > 0.0 {
            f64::EPSILON * t.norm
        } else {
            1.0
        };
        let safe = |x: f64| if x.abs() < tiny { tiny } else { x };
        let mut lu = Factored {
            pivot: vec![0.0; n],
            above: vec![0.0; n],
            far_above: vec![0.0; n],
            below: vec![0.0; n],
            exchanged: vec![false; n],
        };
        // What is left of row i, its entries in columns i and i + 1.
        let (mut here, mut right) = (
            t.diagonal[0] - lambda,
            t.beside.first().copied().unwrap_or(0.0),
        );
        for i in 0..n - 1 {
            let next = (
                t.beside[i],
                t.diagonal[i + 1] - lambda,
                t.beside.get(i + 1).copied().unwrap_or(0.0),
            );
            if here.abs() >= next.0.abs() {
                lu.pivot[i] = safe(here);
                lu.above[i] = right;
                lu.below[i] = next.0 / lu.pivot[i];
                (here, right) = (next.1 - lu.below[i] * right, next.2);
            } else {
                lu.exchanged[i] = true;
                lu.pivot[i] = next.0;
                lu.above[i] = next.1;
                lu.far_above[i] = next.2;
                lu.below[i] = here / next.0;
                (here, right) = (right - lu.below[i] * next.1, -lu.below[i] * next.2);
            }
        }
        lu.pivot[n - 1] = safe(here);
        lu
    }

    fn solve(&self, x: &mut [f64]) {
        let n = x.len();
        for i in 0..n - 1 {
            if self.exchanged[i] {
                x.swap(i, i + 1);
            }
            x[i + 1] -= self.below[i] * x[i];
        }
        for i in (0..n).rev() {
            let mut left = x[i];
            if i + 1 < n {
                left -= self.above[i] * x[i + 1];
            }
            if i + 2 < n {
                left -= self.far_above[i] * x[i + 2];
            }
            x[i] = left / self.pivot[i];
        }
    }
}

/// Returns the vectors of T for `values`, which decrease. Returns None if one of them is not found.
fn inverse_iteration(t: &Tridiagonal, values: &[f64], threads: usize) -> Option<Vec<f64>> {
    let n = t.diagonal.len();
    let mut vectors = Vec::new();
    vectors.try_reserve_exact(n * values.len()).ok()?;
    vectors.resize(n * values.len(), 0.0);
    let mut groups = Vec::new();
    let mut rest = vectors.as_mut_slice();
    for group in values.chunk_by(|a, b| a - b <= CLOSE * t.norm) {
        let (columns, others) = rest.split_at_mut(n * group.len());
        groups.push((group, columns));
        rest = others;
    }
    let fill = |(group, columns): (&[f64], &mut [f64])| {
        (0..group.len()).all(|q| {
            let (before, from_here) = columns.split_at_mut(q * n);
            find(t, group[q], before, &mut from_here[..n])
        })
    };
    let found = if threads == 1 {
        groups.into_iter().all(fill)
    } else {
        groups.into_par_iter().all(fill)
    };
    found.then_some(vectors)
}

/// Fills `z` with a vector orthogonal to the vectors `before`. Returns false if it does not converge.
fn find(t: &Tridiagonal, lambda: f64, before: &[f64], z: &mut [f64]) -> bool {
    let lu = Factored::of(t, lambda);
    // Pseudo-random start, a different one for each vector of a group.
    let mut state = 1 + before.len() as u64;
    for x in z.iter_mut() {
        state = state
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        *x = (state >> 11) as f64 / (1u64 << 52) as f64 - 1.0;
    }
    let mut converged = false;
    for _ in 0..ITERATIONS {
        lu.solve(z);
        normalize(z);
        // Orthogonalising twice is enough, whatever the first pass leaves of z.
        for _ in 0..2 {
            for other in before.chunks_exact(z.len()) {
                let dot: f64 = other.iter().zip(z.iter()).map(|(a, b)| a * b).sum();
                other
                    .iter()
                    .zip(z.iter_mut())
                    .for_each(|(a, b)| *b -= dot * a);
            }
            normalize(z);
        }
        let close = t.residual(lambda, z) <= RESIDUAL * t.norm;
        // One iteration more than needed is cheap, and makes the vector as good as it gets.
        if converged && close {
            return true;
        }
        converged = close;
    }
    false
}

/// Scales to norm 1 by way of the largest entry, so that squares do not overflow.
fn normalize(z: &mut [f64]) {
    let largest = z.iter().fold(0.0f64, |a, b| a.max(b.abs()));
    z.iter_mut().for_each(|x| *x /= largest);
    let norm = z.iter().map(|x| x * x).sum::<f64>().sqrt();
    z.iter_mut().for_each(|x| *x /= norm);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spectrum::Spectrum;

    /// Returns entries in [-1, 1) from a multiplicative congruence, since any matrix will do.
    fn any_symmetric(n: usize) -> Vec<f64> {
        let mut state = n as u64;
        let mut next = || {
            state = state
                .wrapping_mul(6364136223846793005)
                .wrapping_add(1442695040888963407);
            (state >> 11) as f64 / (1u64 << 52) as f64 - 1.0
        };
        from(n, |_, _| next())
    }

    fn from(n: usize, mut entry: impl FnMut(usize, usize) -> f64) -> Vec<f64> {
        let mut matrix = vec![0.0; n * n];
        for i in 0..n {
            for j in i..n {
                matrix[i * n + j] = entry(i, j);
                matrix[j * n + i] = matrix[i * n + j];
            }
        }
        matrix
    }

    fn dot(a: &[f64], b: &[f64]) -> f64 {
        a.iter().zip(b).map(|(x, y)| x * y).sum()
    }

    /// Checks that these are eigenpairs of norm 1, each orthogonal to the others.
    fn check(a: &[f64], n: usize, values: &[f64], vectors: &[f64], what: &str) {
        let norm = (0..n)
            .map(|i| a[i * n..(i + 1) * n].iter().map(|x| x.abs()).sum::<f64>())
            .fold(0.0, f64::max);
        let vector = |q: usize| &vectors[q * n..(q + 1) * n];
        for q in 0..vectors.len() / n.max(1) {
            for i in 0..n {
                let residual = dot(&a[i * n..(i + 1) * n], vector(q)) - values[q] * vector(q)[i];
                assert!(
                    residual.abs() <= 1e-12 * norm,
                    "{what}: {residual} of {norm}"
                );
            }
            for p in 0..=q {
                let wanted = if p == q { 1.0 } else { 0.0 };
                let found = dot(vector(p), vector(q));
                assert!((found - wanted).abs() < 1e-8, "{what}: {p}, {q}: {found}");
            }
        }
    }

    #[test]
    fn vectors_any_matrix_are_those_of_the_full_decomposition() {
        for (n, threads) in [
            (1, 1),
            (2, 1),
            (3, 2),
            (50, 1),
            (127, 2),
            (128, 1),
            (300, 2),
        ] {
            let a = any_symmetric(n);
            let all = Spectrum::of(&a, n, threads).unwrap();
            let reduced = Reduced::of(&a, n, threads).unwrap();
            for (x, y) in reduced.values.iter().zip(&all.values) {
                assert!((x - y).abs() < 1e-12 * n as f64);
            }
            for count in [0, 1, n / 5, n] {
                let vectors = reduced.vectors(count).unwrap();
                assert_eq!(vectors.len(), count * n);
                check(&a, n, &reduced.values, &vectors, "any");
                for q in 0..count {
                    let cosine = dot(&vectors[q * n..(q + 1) * n], all.vector(q));
                    assert!((cosine.abs() - 1.0).abs() < 1e-9, "{n}, {q}: {cosine}");
                }
            }
        }
    }

    /// Some or all eigenvalues are alike, which is hard for inverse iteration. They are found without the
    /// full decomposition.
    #[test]
    fn vectors_alike_eigenvalues_are_orthogonal() {
        let n = 150;
        let half = any_symmetric(n / 2);
        let blocks = from(n, |i, j| {
            if (i < n / 2) == (j < n / 2) {
                half[(i % (n / 2)) * (n / 2) + j % (n / 2)]
            } else {
                0.0
            }
        });
        let any = any_symmetric(n);
        let cases: [(&str, Vec<f64>); 8] = [
            ("nothing", vec![0.0; n * n]),
            ("identity", from(n, |i, j| f64::from(u8::from(i == j)))),
            ("ones", vec![1.0; n * n]),
            (
                "ones but for the diagonal",
                from(n, |i, j| f64::from(u8::from(i != j))),
            ),
            (
                "diagonal",
                from(n, |i, j| if i == j { (i / 3) as f64 } else { 0.0 }),
            ),
            ("one block twice", blocks),
            (
                "nearly the identity",
                from(n, |i, j| {
                    any[i * n + j] * 1e-9 + f64::from(u8::from(i == j))
                }),
            ),
            // Wilkinson's matrix has pairs that agree in all digits.
            (
                "Wilkinson",
                from(n, |i, j| match j - i {
                    0 => (i as f64 - (n - 1) as f64 / 2.0).abs(),
                    1 => 1.0,
                    _ => 0.0,
                }),
            ),
        ];
        for (what, matrix) in &cases {
            for scale in [1.0, 1e-100, 1e100] {
                let a: Vec<f64> = matrix.iter().map(|x| x * scale).collect();
                let reduced = Reduced::of(&a, n, 2).unwrap();
                for count in [n / 3, n] {
                    let vectors = reduced.vectors(count).unwrap();
                    check(&a, n, &reduced.values, &vectors, what);
                }
            }
        }
    }

    #[test]
    fn vectors_by_divide_and_conquer_are_eigenvectors_too() {
        let (n, count) = (140, 30);
        let a = any_symmetric(n);
        let reduced = Reduced::of(&a, n, 2).unwrap();
        let vectors = threads::within(2, || {
            reduced.back(reduced.divide_and_conquer(count).unwrap(), count)
        })
        .unwrap()
        .unwrap();
        check(&a, n, &reduced.values, &vectors, "divide and conquer");
    }

    #[test]
    fn find_what_is_no_eigenvalue_does_not_converge() {
        let t = Tridiagonal::new(vec![1.0, 2.0, 3.0], vec![0.5, 0.5]);
        assert!(!find(&t, 2.3, &[], &mut [0.0; 3]));
        assert_eq!(inverse_iteration(&t, &[2.3], 1), None);
    }

    #[test]
    fn reduced_nonsense_fails() {
        let failure = |a: &[f64], n, threads| Reduced::of(a, n, threads).err();
        assert_eq!(failure(&[1.0; 3], 2, 1), Some(Failure::LengthMismatch));
        assert_eq!(failure(&[f64::NAN; 4], 2, 1), Some(Failure::NotFinite));
        assert_eq!(failure(&[1.0; 4], 2, 0), Some(Failure::ThreadsOutOfRange));
        let reduced = Reduced::of(&[1.0, 2.0, 2.0, 1.0], 2, 1).unwrap();
        assert_eq!(reduced.vectors(3), Err(Failure::LengthMismatch));
        let nothing = Reduced::of(&[], 0, 2).unwrap();
        assert!(nothing.values.is_empty());
        assert_eq!(nothing.vectors(0), Ok(vec![]));
    }
}
