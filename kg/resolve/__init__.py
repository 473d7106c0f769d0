"""From words to identities: pure functions on strings, without I/O and without spaCy."""
