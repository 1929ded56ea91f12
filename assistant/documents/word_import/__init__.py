"""Word files to text, with every stretch of the text tied to the markup that it came from."""
