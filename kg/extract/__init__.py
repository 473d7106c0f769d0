"""From a paper to what it names and says: the one place where spaCy is used."""
