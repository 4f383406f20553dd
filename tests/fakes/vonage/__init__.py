"""A Vonage that reaches nobody: its Messages API with its webhooks, its applications and its numbers.

async with running_vonage(now=clock.now) as vonage:
    vonage.connect("+12025550142", webhook=f"{ORIGIN}/in/{line_id}")
    await vonage.say("+12025550171", "+12025550142", "Hello")
"""
