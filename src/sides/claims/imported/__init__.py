"""Claims that others made, read from files: see docs/importing.md."""
