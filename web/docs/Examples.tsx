import { curlFor } from "./curl";
import { Example } from "./Example";
import type { Document, Json } from "./openapi";
import type { Operation } from "./operations";
import { sampleOf } from "./samples";

export function Examples({ operation, document }: { operation: Operation; document: Document }) {
  const answer = operation.responses.find(({ status }) => status.startsWith("2"));
  const { example, schema } = answer?.media ?? {};
  const sample = example ?? (schema === undefined ? undefined : sampleOf(schema, document, "all"));

  return (
    <div class="examples">
      <Example
        title="Request"
        text={curlFor(operation, document, location.origin)}
        what={`the request ${operation.title}`}
      />
      {sample !== undefined && !isEmpty(sample) && (
        <Example
          title={`Answer ${answer?.status}`}
          text={JSON.stringify(sample, null, 2)}
          what={`the answer of ${operation.title}`}
        />
      )}
    </div>
  );
}

function isEmpty(sample: Json): boolean {
  return typeof sample === "object" && sample !== null && Object.keys(sample).length === 0;
}
