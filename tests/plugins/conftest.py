"""The distributions in this folder are installed by the tests that want them, not found by pytest."""

collect_ignore = ["tiny", "broken"]
