//! The native half of Discreet: noise and prices from OpenDP, dense eigenproblems from faer. Java reaches it through [`java`].

pub mod conversion;
pub mod failure;
mod generator;
mod java;
pub mod leading;
pub mod noise;
pub mod self_test;
pub mod spectrum;
pub mod threads;
