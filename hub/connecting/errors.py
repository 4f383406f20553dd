"""What can go wrong while a line is connected."""

from hub.errors import Unprocessable


class WebhookByHand(Unprocessable):
    """The provider cannot be told by its API where its webhooks go."""

    code = "webhook_by_hand"


class NothingToTest(Unprocessable):
    """Nobody can be written to first on this line."""

    code = "nothing_to_test"
