"""A Telnyx that reaches nobody: its messaging API, version 2, with its webhooks and its messaging profiles.

async with running_telnyx(now=clock.now) as telnyx:
    telnyx.connect("+12025550142", webhook=f"{ORIGIN}/in/{line_id}")
    await telnyx.say("+12025550171", "+12025550142", "Hello")
"""
