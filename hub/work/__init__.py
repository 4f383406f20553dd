"""Due work. State is the queue: whatever has a `due_at` in the past is work to do."""
