"""The widget: chat on the business's own site. There is no provider in between; docs/widget-socket.md is its wire."""
