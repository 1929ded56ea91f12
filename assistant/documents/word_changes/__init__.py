"""Changes and comments written into a Word file, all else in it left as it is."""
