"""The learned reader: a small encoder that judges every pair of actors of a sentence, beside the grammar."""
