//! One module per screen: its state, its update, its drawing; reads no database.
