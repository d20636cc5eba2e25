"""What the words around a quantity say of it: bounds, years, prices, roles."""
