"""Where cases are kept: the CaseStore protocol, in memory and in SQL."""
