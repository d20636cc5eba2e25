"""Pointers to other papers: proposals, cases, agenda items, budgets and laws, by their numbers."""
