import { Disclosure } from "./Disclosure";
import { isCommonFailure } from "./errors";
import type { Document, SchemaLike } from "./openapi";
import type { Response } from "./operations";
import { Prose } from "./Prose";
import { SchemaView } from "./SchemaView";
import { StatusCode } from "./StatusCode";
import { typeOf } from "./schemas";

interface Properties {
  responses: Response[];
  errorSchema: SchemaLike | undefined;
  document: Document;
}

export function Responses({ responses, errorSchema, document }: Properties) {
  const isCommon = (response: Response) => isCommonFailure(response, errorSchema);

  return (
    <>
      <ul class="responses">
        {responses.map((response) => (
          <li key={response.status} class="response">
            <StatusCode status={response.status} />
            <div>
              <Prose text={response.text} />
              {!isCommon(response) && <Answer response={response} document={document} />}
            </div>
          </li>
        ))}
      </ul>
      {responses.some(isCommon) && (
        <p class="response-note">
          Failures have the body described under <a href="#errors">Errors</a>.
        </p>
      )}
    </>
  );
}

function Answer({ response: { media }, document }: { response: Response; document: Document }) {
  if (media?.schema === undefined) return null;

  return (
    <Disclosure title={typeOf(media.schema, document)}>
      <SchemaView schema={media.schema} document={document} />
    </Disclosure>
  );
}
