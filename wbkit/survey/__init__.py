"""From Responses to Tables."""
