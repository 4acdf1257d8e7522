//! Runs in a process of its own, because the self-test disables for a moment the generator that other tests
//! draw from.

use discreet::self_test::{run, Defect, VERSION};

#[test]
fn self_test_of_this_build_finds_nothing() {
    assert_eq!(run(VERSION), Ok(()));
    assert_eq!(run(VERSION), Ok(()));
    assert_eq!(run("0.0.0"), Err(Defect::WrongVersion));
    // The generator works again.
    discreet::noise::add_gaussian(&mut [0; 10], 5.0, 1).unwrap();
}
