//! The columnar history that every number is computed from. Pure: no database, no clock.
