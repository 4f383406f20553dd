"""Keys: changing data keys and the master key, while everything goes on."""
