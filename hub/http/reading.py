"""From the bytes of a request to a checked Call. Scalars are scalars from here on: operator objects die here."""

import asyncio
import re
from collections.abc import Mapping
from functools import cache
from types import NoneType
from typing import Any, cast

import msgspec
from msgspec.inspect import DateTimeType, StructType, Type, UnionType
from starlette.requests import Request

from hub.access import Caller
from hub.act import Act
from hub.deps import Deps
from hub.errors import Invalid, TooLarge, TooSlow, UnsupportedType
from hub.http.address import client_address
from hub.http.endpoint import Call, Endpoint, Input
from hub.store.ids import new_id

# More digits than any length has, and fewer than Python refuses to read.
LENGTH = re.compile(r"[0-9]{1,18}")
MOST_OF_AGENT = 300
PATH_VALUE = re.compile(r"[\w.:@+~-]{1,200}")


async def read_call(endpoint: Endpoint, deps: Deps, request: Request, caller: Caller) -> Call[Any, Any]:
    """Read and check everything that the endpoint declares, and nothing else."""
    return Call(
        act=act_of(deps, request, caller),
        path=read_path(endpoint, request),
        query=read_query(endpoint, request),
        body=await read_body(endpoint, request),
        request=request,
    )


def act_of(deps: Deps, request: Request, caller: Caller) -> Act:
    """Who acts, from where."""
    return Act(
        deps,
        caller,
        new_id(deps.clock.now()),
        request=request.state.id,
        address=client_address(request, deps.settings.trusted_proxies),
        agent=request.headers.get("user-agent", "")[:MOST_OF_AGENT],
    )


def read_path(endpoint: Endpoint, request: Request) -> Mapping[str, str]:
    """The values in the path: short, and without anything that could mean more than itself."""
    values: dict[str, str] = request.path_params
    for name, value in values.items():
        if not PATH_VALUE.fullmatch(value) and f"{{{name}:path}}" not in endpoint.path:
            raise Invalid("A part of the path has a form that it cannot have.", field=name)
    return values


def read_query(endpoint: Endpoint, request: Request) -> object:
    """The query parameters: each known, each at most once."""
    given = request.query_params.multi_items()
    values = dict(given)
    if len(values) != len(given):
        raise Invalid("A query parameter is given more than once.")
    try:
        times = {name: msgspec.convert(values[name], type) for name, type in times_of(endpoint.query) if name in values}
        return msgspec.convert({**values, **times}, endpoint.query, strict=False)
    except msgspec.ValidationError as error:
        raise Invalid(f"The query does not fit: {error}") from None


@cache
def times_of(query: type[Input]) -> tuple[tuple[str, Any], ...]:
    """The parameters that are a time. They are read strictly: otherwise a number would be one too."""
    known = {one.name: one.type for one in cast(StructType, msgspec.inspect.type_info(query)).fields}
    return tuple((one.encode_name, one.type) for one in msgspec.structs.fields(query) if is_time(known[one.name]))


def is_time(type: Type) -> bool:
    """Whether a value of it can be a time."""
    kinds = type.types if isinstance(type, UnionType) else (type,)
    return any(isinstance(kind, DateTimeType) for kind in kinds)


async def read_body(endpoint: Endpoint, request: Request) -> object:
    """The body, strict: `false` is no number, an unknown field is an error."""
    if endpoint.body is NoneType:
        return None
    content = await read_bytes(endpoint, request)
    if endpoint.body is bytes:
        return content
    check_is_json(request)
    try:
        return msgspec.json.decode(content, type=endpoint.body)
    except msgspec.ValidationError as error:
        raise Invalid(f"The body does not fit: {error}") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Invalid(f"The body is not JSON: {error}") from None
    except RecursionError:
        raise Invalid("The body is nested too deeply.") from None


async def read_bytes(endpoint: Endpoint, request: Request) -> bytes:
    """The raw body; whoever announces or sends more than the endpoint takes is refused without reading on."""
    most, announced = endpoint.body_bytes, request.headers.get("content-length", "0")
    if not LENGTH.fullmatch(announced) or int(announced) > most:
        raise TooLarge(f"The body may have {most} bytes at most.", most_bytes=most)
    content = bytearray()
    try:
        async with asyncio.timeout(endpoint.body_timeout_s):
            async for chunk in request.stream():
                content += chunk
                if len(content) > most:
                    raise TooLarge(f"The body may have {most} bytes at most.", most_bytes=most)
    except TimeoutError:
        raise TooSlow(f"The body did not arrive within {endpoint.body_timeout_s:g} s.") from None
    return bytes(content)


def says_at_most(request: Request, most: int) -> bool:
    """Whether the request itself says that its body has so many bytes at most, and must keep to that."""
    announced = request.headers.get("content-length", "")
    is_kept_to = "transfer-encoding" not in request.headers
    return is_kept_to and bool(LENGTH.fullmatch(announced)) and int(announced) <= most


def check_is_json(request: Request) -> None:
    """A form or plain text is what a page of somebody else could send in a visitor's name."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise UnsupportedType("The body must be sent as `Content-Type: application/json`.", given=media_type[:100])
