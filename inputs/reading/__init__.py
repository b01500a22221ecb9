"""Files in, typed tables with cell addresses out."""
