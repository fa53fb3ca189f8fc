//! The built-in demo workspace, generated from a seed; reads no file and no clock.
