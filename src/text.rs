//! Makes foreign text safe to print and cuts it to width: the one place where outside text is cleaned.
