"""The web app's server: a thin door to the Python API over HTTP, and the pages that ask it."""
