"""Mail that Parley itself writes: invitations, resets, notices. Sent by SMTP, as due work."""
