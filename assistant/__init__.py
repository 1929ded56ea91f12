"""Drafting assistant for Chinese official and party-work reports (公文)."""

__version__ = "0.1.0"
