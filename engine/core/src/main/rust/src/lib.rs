//! The native half of Discreet. It draws noise and computes privacy costs with OpenDP, and solves dense
//! eigenproblems with faer. Java reaches it through [`java`].

pub mod conversion;
pub mod failure;
mod generator;
mod java;
pub mod leading;
pub mod noise;
pub mod self_test;
pub mod spectrum;
pub mod threads;
