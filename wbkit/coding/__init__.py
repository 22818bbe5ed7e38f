"""Codes in texts: found, counted, quoted."""
