"""The use cases: ingest, search, draft."""
