//! Grades, cells and exclusions by tables.
