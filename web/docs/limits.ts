import type { Schema } from "./openapi";

/** What a value must keep to, in words. */
export function limitsOf(schema: Schema): string[] {
  return [
    range(schema.minLength, schema.maxLength, "character"),
    range(schema.minItems, schema.maxItems, "item"),
    range(schema.minProperties, schema.maxProperties, "field"),
    range(schema.minimum, schema.maximum),
    schema.exclusiveMinimum !== undefined && `more than ${schema.exclusiveMinimum}`,
    schema.exclusiveMaximum !== undefined && `less than ${schema.exclusiveMaximum}`,
    schema.multipleOf !== undefined && `a multiple of ${schema.multipleOf}`,
    schema.uniqueItems === true && "no item twice",
    schema.pattern !== undefined && `matches ${schema.pattern}`,
    schema.format !== undefined && `format ${schema.format}`,
    schema.contentEncoding !== undefined && `encoded as ${schema.contentEncoding}`,
  ].filter((limit) => typeof limit === "string");
}

function range(least: number | undefined, most: number | undefined, unit?: string): string | undefined {
  if (least === undefined && most === undefined) return undefined;
  if (least === most) return `exactly ${count(most, unit)}`;
  if (most === undefined) return `at least ${count(least, unit)}`;
  if (least === undefined) return `at most ${count(most, unit)}`;
  return `${least} to ${count(most, unit)}`;
}

function count(amount: number | undefined, unit: string | undefined): string {
  if (unit === undefined) return String(amount);
  return `${amount} ${unit}${amount === 1 ? "" : "s"}`;
}
