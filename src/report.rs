//! The scoreboard as text, JSON, CSV and Markdown; writes no file itself.
