"""From clean text to tokens, sentences, heads and names: one language pipeline, run once, shared by all readers."""
