"""Accounts: the businesses that share one Parley, who works for them, and what each may do."""
