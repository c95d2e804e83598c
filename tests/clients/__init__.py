"""Real clients, run against a real server: Chromium and LibreOffice."""
