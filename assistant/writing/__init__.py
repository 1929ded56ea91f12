"""Section templates, the prompt and its chain, and the offline writer."""
