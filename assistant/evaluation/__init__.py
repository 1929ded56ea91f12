"""Measuring what the package does, each figure with the signature of what it was measured on."""
