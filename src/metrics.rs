//! One definition per number, computed over the facts. Pure: no database, no clock.
