"""For tests of ours and of hosts: strategies, contracts, oracles, builders."""
