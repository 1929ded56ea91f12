"""Findings about a text: what it rests on, and what it says that nothing bears out."""
