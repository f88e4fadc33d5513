"""What pages cost, against a plain Flask application; what imports cost, against openpyxl."""
