"""A Mailgun that reaches nobody: its HTTP API, its webhooks and its routes.

async with running_mailgun(now=clock.now) as mailgun:
    mailgun.connect("sales@acme.test", f"{ORIGIN}/in/{line_id}")
    await mailgun.say("asha@example.com", "sales@acme.test", "Hello")
"""
