import { Disclosure } from "./Disclosure";
import { Facts } from "./Facts";
import type { Document, SchemaLike } from "./openapi";
import { Prose } from "./Prose";
import { type Nested, describe, fieldsOf } from "./schemas";
import "./schema.css";

interface SchemaProperties {
  schema: SchemaLike;
  document: Document;
}

interface FieldProperties extends SchemaProperties {
  name: string;
  isRequired: boolean;
  place?: string;
  text?: string | undefined;
}

/** A whole schema: its fields, or for anything but an object its type and what may stand in it. */
export function SchemaView({ schema, document }: SchemaProperties) {
  const fields = fieldsOf(schema, document);
  if (fields.length === 0) return <Plain schema={schema} document={document} />;

  return (
    <ul class="fields">
      {fields.map((field) => (
        <FieldRow key={field.name} {...field} document={document} />
      ))}
    </ul>
  );
}

/** One field or parameter; a `text` of its own stands in for what the schema says. */
export function FieldRow({ name, schema, isRequired, document, place, text }: FieldProperties) {
  const description = describe(schema, document);

  return (
    <li class="field">
      <p class="field-head">
        <code class="field-name">{name}</code>
        <span class="field-type">{description.type}</span>
        {place && <span class="field-type">{place}</span>}
        {isRequired && <span class="field-required">required</span>}
        {description.isDeprecated && <span class="flag">deprecated</span>}
      </p>
      <Prose text={text || description.text} />
      <Facts description={description} />
      <NestedSchemas nested={description.nested} document={document} />
    </li>
  );
}

function Plain({ schema, document }: SchemaProperties) {
  const description = describe(schema, document);

  return (
    <div class="field">
      <p class="field-head">
        <span class="field-type">{description.type}</span>
      </p>
      <Facts description={description} />
      <NestedSchemas nested={description.nested} document={document} />
    </div>
  );
}

// Drawn when opened and not before, so a schema that holds itself opens level by level and never loops.
function NestedSchemas({ nested, document }: { nested: Nested[]; document: Document }) {
  return (
    <>
      {nested.map(({ name, schema }) => (
        <Disclosure key={name} title={`Fields of ${name}`}>
          <SchemaView schema={schema} document={document} />
        </Disclosure>
      ))}
    </>
  );
}
