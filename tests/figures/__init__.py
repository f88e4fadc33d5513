"""The long proofs: real servers, real clients, killed and hurried at random."""
