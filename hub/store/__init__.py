"""The store: MongoDB, Redis, the embedded servers, and what is sealed in them."""
