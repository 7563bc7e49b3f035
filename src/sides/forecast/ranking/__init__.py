"""Who is next: every actor ranked as the answer to "to whom does it do this?" or "who does this to it?"."""
