"""A real OpenID provider (the certified `oidc-provider`), in a process of its own, for the length of a block."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

HERE = Path(__file__).parent
NODE = HERE.parents[2] / ".tools/node/bin/node"
START_S = 30
END_S = 5


@dataclass(frozen=True)
class Account:
    """Somebody who can sign in at the provider, by what the provider tells about them."""

    sub: str
    email: str
    email_verified: bool = True
    name: str = ""


def client(id: str, redirect_uri: str, *, secret: str = "", method: str = "", alg: str = "RS256") -> dict[str, Any]:
    """A registration: by its secret in the header, or else by `method`; without a secret it is a public client."""
    registered = {
        "client_id": id,
        "redirect_uris": [redirect_uri],
        "token_endpoint_auth_method": method or ("client_secret_basic" if secret else "none"),
        "id_token_signed_response_alg": alg,
    }
    return {**registered, "client_secret": secret} if secret else registered


@contextlib.asynccontextmanager
async def running_provider(
    accounts: Sequence[Account],
    clients: Sequence[Mapping[str, Any]],
    *,
    id_tokens_have_claims: bool = True,
    port: int = 0,
) -> AsyncIterator[str]:
    """Its issuer. Whoever signs in types an e-mail address, without a password; one of nobody's is not let in."""
    process = await asyncio.create_subprocess_exec(
        NODE, HERE / "provider.mjs", str(port), stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdin and process.stdout
    wanted = {
        "accounts": {account.email: account for account in accounts},
        "clients": clients,
        "idTokensHaveClaims": id_tokens_have_claims,
    }
    try:
        process.stdin.write(msgspec.json.encode(wanted) + b"\n")
        async with asyncio.timeout(START_S):
            said = await process.stdout.readline()
        yield msgspec.json.decode(said)["issuer"]
    finally:
        # It also ends by itself when its input does: no killed test run leaves one behind.
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        process.stdin.close()
        async with asyncio.timeout(END_S):
            await process.wait()
