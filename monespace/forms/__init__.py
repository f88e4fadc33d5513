"""The question engine: kinds of answers, and the questionnaires made of them. Knows no noun."""
