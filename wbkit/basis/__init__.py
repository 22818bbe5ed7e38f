"""Numbers and text without nouns."""
