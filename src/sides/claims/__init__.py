"""From a parse and its actors to claims: readers behind one interface."""
