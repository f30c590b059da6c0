"""What a complaint is made of: parties, products, quantities, money, evidence."""
