"""Files to reports, reports to passages, note files to notes."""
