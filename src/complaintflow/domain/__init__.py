"""What a complaint is: complaint and items, exact values, the types that facts can have."""
