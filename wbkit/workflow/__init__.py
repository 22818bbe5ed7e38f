"""Prepare, run, verify and accept a whole study."""
