"""Ledgers, statistics, prints, diagrams and exports; decides nothing."""
