"""Chat and embedding endpoints that speak the OpenAI protocol, the offline embedder, and token counts."""
