"""English as the draft stage knows it: words that compare, verbs, nouns, times, figures."""
