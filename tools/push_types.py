"""What a browser is told by push, in TypeScript: web/push/messages.ts."""

import msgspec

from hub.push.models import PushContent, PushTakenBack
from tools.typescript import HEAD, declaration


def types() -> str:
    """The whole file."""
    told = (PushContent, PushTakenBack)
    schemas, named = msgspec.json.schema_components(told)
    shapes = [declaration(name, named[name]) for name in sorted(named)]
    union = " | ".join(schema["$ref"].rpartition("/")[2] for schema in schemas)
    return f"{HEAD}\n" + "\n".join([*shapes, f"export type PushMessage = {union};\n"])
