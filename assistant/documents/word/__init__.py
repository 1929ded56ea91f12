"""Reports as Word documents laid out by GB/T 9704—2012, and the check that one is."""
