"""From Tables to figures and files."""
