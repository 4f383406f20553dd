"""The types of the API in TypeScript, web/shared/api.ts, and how any declared type is written there."""

from pathlib import Path
from typing import Any

TARGET = Path(__file__).parents[1] / "web" / "shared" / "api.ts"
HEAD = "// Made by `make types` from the Python declarations; a test fails when the two differ.\n"
PLAIN = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}

Schema = dict[str, Any]


def types() -> str:
    """The whole file."""
    from hub.http.openapi import document
    from hub.rooms import HOUSE

    schemas = document(HOUSE.endpoints, "")["components"]["schemas"]
    return HEAD + "".join(f"\n{declaration(name, schemas[name])}" for name in sorted(schemas))


def declaration(name: str, schema: Schema) -> str:
    """One exported type, with its docstring."""
    comment = f"/** {' '.join(schema['description'].split())} */\n" if "description" in schema else ""
    if schema.get("type") != "object" or "properties" not in schema:
        return f"{comment}export type {name} = {written(schema)};\n"
    required = schema.get("required", [])
    fields = "".join(
        f"  {field}{'' if field in required else '?'}: {written(inner)};\n"
        for field, inner in schema["properties"].items()
    )
    return f"{comment}export interface {name} {{\n{fields}}}\n"


def written(schema: Schema) -> str:
    """A schema as a TypeScript type."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[1]
    if "enum" in schema:
        return " | ".join(f'"{value}"' if isinstance(value, str) else str(value) for value in schema["enum"])
    if "anyOf" in schema:
        return " | ".join(written(choice) for choice in schema["anyOf"])
    if "prefixItems" in schema:
        return f"[{', '.join(written(inner) for inner in schema['prefixItems'])}]"
    if schema.get("type") == "array":
        inner = written(schema.get("items", {}))
        return f"({inner})[]" if " " in inner else f"{inner}[]"
    if schema.get("type") == "object":
        more = schema.get("additionalProperties", {})
        return f"Record<string, {written(more) if isinstance(more, dict) else 'unknown'}>"
    return PLAIN.get(str(schema.get("type")), "unknown")
