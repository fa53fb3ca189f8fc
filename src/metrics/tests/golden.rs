//! Numbers counted by hand.
