"""A language model at an OpenAI-compatible endpoint as a reader: what is sent, how it is asked, what is believed."""
