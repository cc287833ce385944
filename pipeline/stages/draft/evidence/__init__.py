"""Who else tells it, and whether a source carries a claim."""
