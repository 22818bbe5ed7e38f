"""From a raw file to Responses, with a log of every change."""
