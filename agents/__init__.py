"""Agents: the minds. A turn gets a brief and gives decisions; no hub and no database in here."""
