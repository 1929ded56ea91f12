"""The kinds of rule, one module each."""
