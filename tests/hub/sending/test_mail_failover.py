"""A mail server that is away: mails go out over the second line's, and stay in their conversation."""

from hub.lines.models import Line
from tests.fakes.smtp import fake_smtp
from tests.hub.lines.connected import connect
from tests.hub.sending.scene import Scene
from tests.hub.sending.test_mail import ASHA, LINE, Post

SECOND = "hello@acme.test"


async def connect_at(scene: Scene, address: str, port: int) -> Line:
    """A line at a mail server of this machine."""
    values = {"host": "127.0.0.1", "port": str(port), "security": "none"}
    return await connect(scene.deps, "smtp_email", account=scene.account, address=address, values=values)


async def test_where_the_mail_server_is_away_an_answer_goes_over_the_second_one(scene: Scene) -> None:
    async with fake_smtp() as gone:
        first = await connect_at(scene, LINE, gone.port)
    async with fake_smtp() as server:
        second = await connect_at(scene, SECOND, server.port)
        await scene.owner.does("PUT", f"/lines/{first.id}/second", {"line_id": second.id})
        post = Post(scene, server, first)
        await post.comes(Message_ID="<q-1@example.com>")

        said = await post.says()

        assert (await scene.state(said), (await scene.entry(said)).line) == ("sent", second.id)
        assert (post.sent.recipients, post.sent.message["In-Reply-To"]) == ([ASHA], "<q-1@example.com>")
        assert SECOND in post.sent.message["From"]
