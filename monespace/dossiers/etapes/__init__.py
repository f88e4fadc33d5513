"""Steps and rules that several dispositifs ask alike."""
