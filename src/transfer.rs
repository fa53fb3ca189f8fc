//! Files to domain records and back; knows no SQL and no terminal.
