"""The site as people use it, in Chromium."""
