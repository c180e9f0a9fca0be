//! Cargo builds each crate once, with all the features that anybody in the build asks for. The tests are an application that depends on
//! Cartwright and goes its own ways with the crates that both use: nothing there may panic or change.
