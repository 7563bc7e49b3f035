"""A brief: one page about two actors, every statement with its sources, as Markdown, HTML and PDF (docs/briefs.md)."""
