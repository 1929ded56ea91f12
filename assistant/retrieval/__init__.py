"""The corpus index: Chroma for vectors, tantivy for words, fused."""
