"""Who is who: a registry of the world's actors, and the resolution of every mention to one of them."""
