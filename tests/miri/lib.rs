//! Empty: the tests are those of `tests/`.
