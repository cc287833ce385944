"""From chosen facts to a brief: citations, closing, title, and the last check."""
