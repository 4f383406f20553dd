"""Visitors: whoever comes to a site of the account and writes in the widget there, and what they may see of it."""
