import { Disclosure } from "./Disclosure";
import { Example } from "./Example";
import { errorsOf } from "./errors";
import type { Document, SchemaLike } from "./openapi";
import { Prose } from "./Prose";
import { SchemaView } from "./SchemaView";
import { StatusCode } from "./StatusCode";
import { sampleOf } from "./samples";
import { typeOf } from "./schemas";

interface Properties {
  schema: SchemaLike | undefined;
  document: Document;
}

export function ErrorList({ schema, document }: Properties) {
  const rows = errorsOf(document);

  return (
    <section class="group" id="errors" data-target aria-labelledby="errors-title">
      <h2 id="errors-title">Errors</h2>
      {rows.length === 0 && <p>No call of this API describes how it fails.</p>}
      {schema !== undefined && (
        <>
          <p>A call that fails answers with one of these statuses and a body of this shape:</p>
          <Example title="Error" text={JSON.stringify(sampleOf(schema, document, "all"), null, 2)} what="an error" />
          <Disclosure title={`Fields of ${typeOf(schema, document)}`}>
            <SchemaView schema={schema} document={document} />
          </Disclosure>
        </>
      )}
      <ul class="errors">
        {rows.map(({ status, code, meanings }) => (
          <li key={`${status} ${code}`}>
            <StatusCode status={status} />
            <div>
              {code && <code class="error-code">{code}</code>}
              {meanings.map((meaning) => (
                <Prose key={meaning} text={meaning} />
              ))}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
