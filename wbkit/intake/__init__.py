"""Reading the files that schools have."""
