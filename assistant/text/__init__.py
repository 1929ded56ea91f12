"""Pure functions on Chinese text: no I/O, no state but the word list of the segmenter."""
