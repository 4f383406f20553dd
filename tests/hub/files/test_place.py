"""Where files are kept, as the setting says it; and requests to a bucket, signed as AWS has published it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from hub.files.place import Bucket, read_place
from hub.files.signing import Signer
from hub.settings import BadSetting, load

AT = "https://s3.example.com"
# The example of AWS's own documentation ("Signature Calculations for the Authorization Header").
EXAMPLE = Signer("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1")
HOST, THEN = "https://examplebucket.s3.amazonaws.com", datetime(2013, 5, 24, tzinfo=UTC)
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
WELCOME = "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072"
OF_GET = "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"
OF_PUT = "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"
OF_LIFECYCLE = "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"
OF_LIST = "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"
PUT_MORE = {"date": "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class": "REDUCED_REDUNDANCY"}


def bucket(endpoint: str, *, prefix: str = "", region: str = "us-east-1") -> Bucket:
    return Bucket(endpoint=endpoint, name="abc", prefix=prefix, region=region)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", None),
        ("file:///var/lib/parley/files", Path("/var/lib/parley/files")),
        ("s3://abc", bucket("https://s3.us-east-1.amazonaws.com")),
        (f"s3://abc/x/y/?endpoint={AT}/&region=eu-1", bucket(AT, prefix="x/y/", region="eu-1")),
        ("s3://abc?endpoint=http://127.0.0.1:9000", bucket("http://127.0.0.1:9000")),
    ],
    ids=["nothing", "a folder", "a bucket", "a prefix", "a port"],
)
def test_a_place_is_read(text: str, place: object) -> None:
    assert read_place(text) == place


@pytest.mark.parametrize(
    "text",
    [
        *("files", "/var/files", "file://host/x", "file:", "https://s3.example.com/b", "s3://", "s3://AB", "s3://a"),
        *("s3://abc/../x", "s3://abc/a b", "s3://abc?region=", "s3://abc?region=A%20B", "s3://abc?key=1", "s3://abc#x"),
        *("s3://abc?endpoint=ftp://x", "s3://abc?endpoint=https://x/y", "s3://abc?endpoint=https://u:p@x"),
        *("s3://abc?endpoint=https://x:0", "s3://abc?endpoint=https://x:no", "s3://[abc", "s3://abc?=&"),
    ],
)
def test_what_is_no_place_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="neither"):
        read_place(text)


@pytest.mark.parametrize(
    ("method", "path", "digest", "more", "signature"),
    [
        ("GET", "/test.txt", EMPTY, {"range": "bytes=0-9"}, OF_GET),
        ("PUT", "/test%24file.text", WELCOME, PUT_MORE, OF_PUT),
        ("GET", "/?lifecycle", EMPTY, {}, OF_LIFECYCLE),
        ("GET", "/?max-keys=2&prefix=J", EMPTY, {}, OF_LIST),
    ],
    ids=["get", "put", "a word", "a query"],
)
def test_signatures_are_those_of_the_published_examples(
    method: str, path: str, digest: str, more: dict[str, str], signature: str
) -> None:
    headers = EXAMPLE.sign(method, f"{HOST}{path}", digest, THEN, **more)

    assert headers["authorization"].endswith(f"Signature={signature}")
    assert "host" not in headers


@pytest.mark.parametrize("missing", ["PARLEY_FILES_KEY", "PARLEY_FILES_SECRET"])
def test_a_bucket_without_a_key_stops_the_start(missing: str) -> None:
    given = {"PARLEY_FILES": "s3://abc", "PARLEY_FILES_KEY": "k", "PARLEY_FILES_SECRET": "s"}

    with pytest.raises(BadSetting, match="PARLEY_FILES_KEY and PARLEY_FILES_SECRET"):
        load({name: value for name, value in given.items() if name != missing})
