"""Articles as they are read: prose, sentences with their offsets, persons, quotations, copies."""
