"""What ours is measured against: the same job with nothing around it."""
