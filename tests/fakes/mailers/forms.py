"""Forms with files, as providers of e-mail write and read them; by other means than the adapters."""

import email
import email.policy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class File:
    """A file in a form."""

    field: str
    name: str
    type: str
    content: bytes


def written(fields: Mapping[str, str | bytes], files: Iterable[File] = (), *, boundary: str) -> tuple[bytes, str]:
    """The body, and its content type."""
    parts = []
    for name, value in fields.items():
        content = value if isinstance(value, bytes) else value.encode()
        parts.append(f'Content-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + content)
    for file in files:
        about = f'Content-Disposition: form-data; name="{file.field}"; filename="{file.name}"\r\n'
        parts.append(f"{about}Content-Type: {file.type}\r\n\r\n".encode() + file.content)
    line = f"--{boundary}".encode()
    body = b"".join(line + b"\r\n" + part + b"\r\n" for part in parts) + line + b"--\r\n"
    return body, f"multipart/form-data; boundary={boundary}"


def read(body: bytes, content_type: str) -> list[tuple[str, bytes]]:
    """Each field with what stands in it."""
    whole = email.message_from_bytes(f"Content-Type: {content_type}\r\n\r\n".encode() + body, policy=email.policy.HTTP)
    found = []
    for part in whole.iter_parts():
        name = part.get_param("name", header="content-disposition")
        found.append((str(name), content_of(part)))
    return found


def content_of(part: email.message.Message) -> bytes:
    """As it came; a mail within a form is taken apart already."""
    if part.get_content_type() == "message/rfc822":
        mail = part.get_payload(0)
        assert isinstance(mail, email.message.Message)
        return mail.as_bytes()
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content
