"""What the portal tells people: in its pages, and by mail."""
