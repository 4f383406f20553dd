"""Correspondence: which conversation a mail belongs to, and by what the answer to one of ours is known again."""
