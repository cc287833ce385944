"""What can stand alone in a brief, and what has to be told before it."""
