"""Meta: WhatsApp over its Cloud API. What its products have in common: signature.py and graph.py."""
