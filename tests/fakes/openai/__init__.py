"""A fake endpoint of models, which speaks OpenAI's protocol: it listens, and knows its models."""
