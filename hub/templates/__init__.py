"""Templates: words with blanks that a provider has to approve, for writing to people who have not written lately."""
