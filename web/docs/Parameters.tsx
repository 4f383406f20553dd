import type { Document, ParameterItem } from "./openapi";
import { FieldRow } from "./SchemaView";

const places: Record<ParameterItem["in"], string> = {
  path: "in the path",
  query: "in the query",
  header: "in a header",
  cookie: "in a cookie",
};

export function Parameters({ parameters, document }: { parameters: ParameterItem[]; document: Document }) {
  return (
    <ul class="fields">
      {parameters.map((parameter) => (
        <FieldRow
          key={`${parameter.in} ${parameter.name}`}
          name={parameter.name}
          schema={parameter.schema ?? true}
          isRequired={parameter.required ?? false}
          place={places[parameter.in]}
          text={parameter.description}
          document={document}
        />
      ))}
    </ul>
  );
}
