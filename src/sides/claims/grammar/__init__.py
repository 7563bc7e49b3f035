"""The grammar reader: a dependency parse, a lexicon of predicates, and rules for their arguments."""
