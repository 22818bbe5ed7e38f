"""Results of several sources beside each other."""
