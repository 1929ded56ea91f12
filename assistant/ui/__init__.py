"""The page: it translates what the workflow says into what is shown, and nothing more."""
