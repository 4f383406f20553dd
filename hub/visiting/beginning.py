"""Beginning a visit, and coming again as the same visitor."""

from datetime import timedelta

from hub.deps import Deps
from hub.limits import Bucket, Rate
from hub.secrets import fits, hash_of, new_secret
from hub.store.ids import is_id, new_id
from hub.visiting import repository
from hub.visiting.errors import NoSuchVisitor, NotOpenToAll
from hub.visiting.models import Visitor
from hub.visiting.shapes import VisitBegun, VisitWanted
from hub.visiting.sites import Site, get_site
from hub.visiting.tokens import VISIT, visit_token

# Of one site, wherever they come from. Each new visitor is something to keep; however many strangers come, whoever was
# there before comes in.
SITE_RATE, NEW_RATE = Rate(3_000), Rate(600)
# Whoever says nothing leaves nothing behind that they could come again for.
SILENT_FOR, KEPT_FOR = timedelta(days=1), timedelta(days=180)


async def begin(deps: Deps, line_id: str, wanted: VisitWanted, origin: str) -> VisitBegun:
    """Somebody is on a page of this origin, which may show the widget: somebody new, or who was there before."""
    site = await get_site(deps, line_id)
    if wanted.secret:
        visitor, secret = await come_again(deps, site, wanted.secret), None
    else:
        visitor, secret = await come_first(deps, site)
    return VisitBegun(
        visitor_id=visitor,
        token=await visit_token(deps, visitor=visitor, account=site.line.account, line=site.line.id, origin=origin),
        expires_at=deps.clock.now() + VISIT.good_for,
        secret=secret,
    )


async def come_first(deps: Deps, site: Site) -> tuple[str, str]:
    """Somebody new, and the secret by which they come again."""
    if not site.is_open_to_all:
        raise NotOpenToAll("Only whoever has said who they are may write on this site.")
    (await deps.limiter.take(Bucket(f"new visitors:{site.line.id}", NEW_RATE))).check()
    now, secret = deps.clock.now(), new_secret()
    visitor = Visitor(
        id=new_id(now),
        account=site.line.account,
        line=site.line.id,
        secret_hash=hash_of(secret),
        made_at=now,
        expires_at=now + SILENT_FOR,
    )
    await repository.add_visitor(deps.mongo, visitor)
    return visitor.id, f"{visitor.id}_{secret}"


async def come_again(deps: Deps, site: Site, written: str) -> str:
    """Whose secret it is, on this site and no other."""
    (await deps.limiter.take(Bucket(f"visits:{site.line.id}", SITE_RATE))).check()
    id, _, secret = written.partition("_")
    found = await repository.find_visitor(deps.mongo, site.line.account, site.line.id, id) if is_id(id) else None
    if found is None or not fits(secret, found.secret_hash):
        raise NoSuchVisitor("This secret is nobody's, or nobody's any more: begin without one.")
    kept_for = KEPT_FOR if found.has_spoken else SILENT_FOR
    await repository.keep_until(deps.mongo, site.line.account, id, deps.clock.now() + kept_for)
    return id
