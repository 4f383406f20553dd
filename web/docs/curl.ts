import type { Document, Json, ParameterItem, SecurityScheme } from "./openapi";
import type { Operation } from "./operations";
import { follow, resolve } from "./references";
import { knownValue, sampleOf } from "./samples";
import { literal } from "./schemas";

/** A command that makes this call, to be pasted into a shell after filling in the names in capitals. */
export function curlFor(operation: Operation, document: Document, origin: string): string {
  const parts = [
    `curl ${methodFlag(operation)}${quote(addressOf(operation, document, origin))}`,
    ...credentialFlags(operation, document),
    ...headerFlags(operation, document),
    ...bodyFlags(operation, document),
  ];
  return parts.join(" \\\n  ");
}

function methodFlag({ method, body }: Operation): string {
  if (method === "get" || (method === "post" && body)) return "";
  return method === "head" ? "--head " : `-X ${method.toUpperCase()} `;
}

function addressOf({ path, parameters }: Operation, document: Document, origin: string): string {
  const base = new URL(document.servers?.[0]?.url ?? "/", origin).href.replace(/\/$/, "");
  const filled = path.replaceAll(/\{([^}]+)\}/g, (_, name: string) => {
    const parameter = parameters.find((one) => one.in === "path" && one.name === name);
    return valueFor(parameter ?? { name, in: "path" }, document);
  });
  const query = parameters
    .filter((one) => one.in === "query" && one.required)
    .map((one) => `${one.name}=${encodeURIComponent(valueFor(one, document))}`);
  return base + filled + (query.length > 0 ? `?${query.join("&")}` : "");
}

function headerFlags({ parameters }: Operation, document: Document): string[] {
  return parameters
    .filter((one) => one.in === "header" && one.required)
    .map((one) => `-H ${quote(`${one.name}: ${valueFor(one, document)}`)}`);
}

function valueFor({ name, example, schema }: ParameterItem, document: Document): string {
  const value = example ?? (schema === undefined ? undefined : knownValue(resolve(schema, document)));
  return value === undefined ? placeholder(name) : literal(value);
}

function placeholder(name: string): string {
  return name.replaceAll(/\W+/g, "_").toUpperCase();
}

function credentialFlags({ security }: Operation, document: Document): string[] {
  const names = Object.keys(security[0] ?? {});
  return names.flatMap((name) => {
    const scheme = follow<SecurityScheme>(document.components?.securitySchemes?.[name], document);
    const flag = scheme && credentialFlag(scheme);
    return flag ? [flag] : [];
  });
}

// Double quotes: the shell puts the secret in, so that it stays out of what people copy, share and store.
function credentialFlag({ type, scheme, in: place, name }: SecurityScheme): string | undefined {
  if (type === "http" && scheme?.toLowerCase() === "basic") return '-u "$API_USER"';
  if (type === "apiKey" && place === "header") return `-H "${name}: $API_KEY"`;
  if (type === "apiKey" && place === "cookie") return `-b "${name}=$API_COOKIE"`;
  if (type === "apiKey") return undefined;
  return '-H "Authorization: Bearer $API_TOKEN"';
}

function bodyFlags({ body }: Operation, document: Document): string[] {
  if (!body?.media) return [];
  const { contentType, schema, example } = body.media;
  const type = `-H ${quote(`Content-Type: ${contentType}`)}`;
  if (!contentType.includes("json")) return [type, "--data-binary @FILE"];
  const value: Json = example ?? sampleOf(schema ?? true, document, "required");
  return [type, `-d ${quote(JSON.stringify(value, null, 2))}`];
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
