"""Whatever of an account is sealed, in every collection that says so."""

from collections.abc import AsyncIterator

from hub.store.mongo import Document, Mongo


def each_document(mongo: Mongo, account: str, collection: str) -> AsyncIterator[Document]:
    """All of the account's, as a majority has them: what might still roll back must not be missed."""
    return mongo[collection].majority.each({"account": account})


async def replace_value(
    mongo: Mongo, account: str, collection: str, *, at: str, id: str, old: bytes, new: bytes
) -> None:
    """By compare and set: whoever has written meanwhile has written something newer."""
    await mongo[collection].update({"_id": id, "account": account, at: old}, {"$set": {at: new}})
