/** The part of OpenAPI 3.1 that this page reads. */
export interface Document {
  openapi: string;
  info: { title: string; version: string; description?: string };
  servers?: { url: string }[];
  tags?: { name: string; description?: string }[];
  security?: SecurityRequirement[];
  paths?: Record<string, PathItem>;
  components?: {
    schemas?: Record<string, SchemaLike>;
    securitySchemes?: Record<string, SecurityScheme | Reference>;
  };
  "x-errors"?: ErrorFact[];
}

export interface Reference {
  $ref: string;
}

export type Method = "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace";

export type PathItem = { parameters?: (ParameterItem | Reference)[] } & Partial<Record<Method, OperationItem>>;

export interface OperationItem {
  operationId?: string;
  tags?: string[];
  summary?: string;
  description?: string;
  deprecated?: boolean;
  parameters?: (ParameterItem | Reference)[];
  requestBody?: BodyItem | Reference;
  responses?: Record<string, ResponseItem | Reference>;
  security?: SecurityRequirement[];
  "x-permission"?: string;
  /** For browsers, not for programs: not shown. */
  "x-internal"?: boolean;
  "x-rate-limit"?: string;
}

export interface ParameterItem {
  name: string;
  in: "path" | "query" | "header" | "cookie";
  description?: string;
  required?: boolean;
  deprecated?: boolean;
  example?: Json;
  schema?: SchemaLike;
}

export type Content = Record<string, { schema?: SchemaLike; example?: Json }>;

export interface BodyItem {
  description?: string;
  required?: boolean;
  content?: Content;
}

export interface ResponseItem {
  description?: string;
  content?: Content;
}

export type SecurityRequirement = Record<string, string[]>;

export interface SecurityScheme {
  type: "apiKey" | "http" | "mutualTLS" | "oauth2" | "openIdConnect";
  description?: string;
  name?: string;
  in?: "query" | "header" | "cookie";
  scheme?: string;
}

export interface ErrorFact {
  code: string;
  status: number;
  description: string;
}

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** `true` takes any value, `false` takes none. */
export type SchemaLike = Schema | boolean;

export interface Schema {
  $ref?: string;
  title?: string;
  description?: string;
  type?: string | string[];
  properties?: Record<string, SchemaLike>;
  required?: string[];
  additionalProperties?: SchemaLike;
  items?: SchemaLike;
  prefixItems?: SchemaLike[];
  anyOf?: SchemaLike[];
  oneOf?: SchemaLike[];
  allOf?: SchemaLike[];
  enum?: Json[];
  const?: Json;
  default?: Json;
  examples?: Json[];
  deprecated?: boolean;
  format?: string;
  contentEncoding?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  multipleOf?: number;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  minProperties?: number;
  maxProperties?: number;
}
