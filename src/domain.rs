//! The words and rules of the working session. Pure: no terminal, no database, no files, no clock.
