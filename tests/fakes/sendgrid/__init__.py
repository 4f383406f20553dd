"""A SendGrid that reaches nobody: its Web API, version 3, its event webhooks and its Inbound Parse.

async with running_sendgrid(now=clock.now) as sendgrid:
    sendgrid.connect("sales@acme.test", f"{ORIGIN}/in/{line_id}")
    await sendgrid.say("asha@example.com", "sales@acme.test", "Hello")
"""
