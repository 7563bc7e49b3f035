"""Ties: the relation of two actors as a state over time, derived from the claims about them."""
