//! Nothing: the tests are those of the folder above.
