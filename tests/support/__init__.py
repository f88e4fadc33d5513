"""What the tests start for real: PostgreSQL, Valkey, a browser."""
