"""What pages cost, against a plain Flask application that shows the same."""
