//! Routes keys to screens and holds the overlays; knows no business.
