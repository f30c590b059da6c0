"""What a company decided, one file a concept. Pure data."""
