"""Event datasets: rows of other people's tables as claims, with every row accounted for. See docs/events.md."""
