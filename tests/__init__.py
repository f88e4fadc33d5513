"""Everything here runs against real servers and a real browser."""
