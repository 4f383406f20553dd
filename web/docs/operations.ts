import type {
  BodyItem,
  Content,
  Document,
  Json,
  Method,
  OperationItem,
  ParameterItem,
  PathItem,
  ResponseItem,
  SchemaLike,
  SecurityRequirement,
} from "./openapi";
import { follow } from "./references";

export interface Section {
  name: string;
  anchor: string;
  text: string | undefined;
  operations: Operation[];
}

export interface Operation {
  id: string;
  method: Method;
  path: string;
  title: string;
  text: string | undefined;
  tag: string;
  isDeprecated: boolean;
  permission: string | undefined;
  rateLimit: string | undefined;
  security: SecurityRequirement[];
  parameters: ParameterItem[];
  body: Body | undefined;
  responses: Response[];
}

export interface Media {
  contentType: string;
  schema: SchemaLike | undefined;
  example: Json | undefined;
}

export interface Body {
  text: string | undefined;
  isRequired: boolean;
  media: Media | undefined;
}

export interface Response {
  status: string;
  text: string;
  media: Media | undefined;
}

const methods: Method[] = ["get", "post", "put", "patch", "delete", "head", "options", "trace"];
const untagged = "Other";

/** The operations by tag: tags that the document lists come first and in its order. */
export function sectionsOf(document: Document): Section[] {
  const operations = operationsOf(document);
  const texts = new Map(document.tags?.map(({ name, description }) => [name, description]));
  const names = new Set([...texts.keys(), ...operations.map(({ tag }) => tag)]);
  return [...names]
    .map((name) => ({
      name,
      anchor: `tag-${name.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, "-")}`,
      text: texts.get(name),
      operations: operations.filter(({ tag }) => tag === name),
    }))
    .filter((section) => section.operations.length > 0);
}

function operationsOf(document: Document): Operation[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      return operation && !operation["x-internal"] ? [readOperation(document, path, method, item, operation)] : [];
    }),
  );
}

function readOperation(
  document: Document,
  path: string,
  method: Method,
  shared: PathItem,
  item: OperationItem,
): Operation {
  const permission = item["x-permission"];
  return {
    id: item.operationId ?? `${method}${path.replaceAll(/\W+/g, "-")}`,
    method,
    path,
    title: item.summary ?? item.operationId ?? path,
    text: item.description === item.summary ? undefined : item.description,
    tag: item.tags?.[0] ?? untagged,
    isDeprecated: item.deprecated ?? false,
    permission,
    rateLimit: item["x-rate-limit"],
    security: permission === "public" ? [] : (item.security ?? document.security ?? []),
    parameters: readParameters(document, shared, item),
    body: readBody(document, item),
    responses: readResponses(document, item),
  };
}

function readParameters(document: Document, shared: PathItem, item: OperationItem): ParameterItem[] {
  const given = [...(shared.parameters ?? []), ...(item.parameters ?? [])];
  const parameters = given.map((one) => follow<ParameterItem>(one, document)).filter((one) => one !== undefined);
  return [...new Map(parameters.map((one) => [`${one.in} ${one.name}`, one])).values()];
}

function readBody(document: Document, { requestBody }: OperationItem): Body | undefined {
  const body = follow<BodyItem>(requestBody, document);
  return body && { text: body.description, isRequired: body.required ?? false, media: readMedia(body.content) };
}

function readResponses(document: Document, { responses = {} }: OperationItem): Response[] {
  return Object.entries(responses).flatMap(([status, given]) => {
    const response = follow<ResponseItem>(given, document);
    return response ? [{ status, text: response.description ?? "", media: readMedia(response.content) }] : [];
  });
}

function readMedia(content: Content = {}): Media | undefined {
  const contentType = "application/json" in content ? "application/json" : Object.keys(content)[0];
  if (contentType === undefined) return undefined;
  const media = content[contentType];
  return { contentType, schema: media?.schema, example: media?.example };
}
