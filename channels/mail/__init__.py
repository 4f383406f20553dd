"""E-mail: what a mail says, and how one of ours is written; and mail servers as a provider."""
