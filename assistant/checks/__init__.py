"""Findings about a text: what it rests on, and slips of writing. Nothing here writes; it works on any text."""
