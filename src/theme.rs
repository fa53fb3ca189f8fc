//! Colours and styles as roles; nothing here knows what is drawn.
