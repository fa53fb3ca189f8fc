//! Widgets that know no domain: tables, charts, figures, prompts.
