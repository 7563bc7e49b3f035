"""Answers for people: a tie, an actor, a run, as text with their quotes."""
