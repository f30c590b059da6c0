"""What can be wrong with a policy as a value, one file a kind of mistake."""
