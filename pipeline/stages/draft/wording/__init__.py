"""The wordings of a sentence: house style, reported speech, shorter forms that are still whole."""
