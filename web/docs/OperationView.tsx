import type { ComponentChildren } from "preact";
import { Examples } from "./Examples";
import { MethodName } from "./MethodName";
import type { Document, SchemaLike } from "./openapi";
import type { Operation } from "./operations";
import { Parameters } from "./Parameters";
import { Prose } from "./Prose";
import { Responses } from "./Responses";
import { SchemaView } from "./SchemaView";
import "./operation.css";

interface Properties {
  operation: Operation;
  errorSchema: SchemaLike | undefined;
  document: Document;
}

export function OperationView({ operation, errorSchema, document }: Properties) {
  const { id, method, path, title, text, isDeprecated, parameters, body, responses } = operation;

  return (
    <article class="operation" id={id} data-target aria-labelledby={`${id}-title`}>
      <div class="operation-facts">
        <h3 id={`${id}-title`}>
          <a href={`#${id}`}>{title}</a>
          {isDeprecated && <span class="flag">Deprecated</span>}
        </h3>
        <p class="address">
          <MethodName method={method} />
          <code>{breakable(path)}</code>
        </p>
        <Terms operation={operation} />
        <Prose text={text} />
        {parameters.length > 0 && (
          <OperationPart title="Parameters">
            <Parameters parameters={parameters} document={document} />
          </OperationPart>
        )}
        {body?.media && (
          <OperationPart title="Request body" note={`${body.media.contentType}${body.isRequired ? "" : ", optional"}`}>
            <Prose text={body.text} />
            {body.media.schema !== undefined && <SchemaView schema={body.media.schema} document={document} />}
          </OperationPart>
        )}
        {responses.length > 0 && (
          <OperationPart title="Answers">
            <Responses responses={responses} errorSchema={errorSchema} document={document} />
          </OperationPart>
        )}
      </div>
      <Examples operation={operation} document={document} />
    </article>
  );
}

function Terms({ operation: { permission, rateLimit } }: { operation: Operation }) {
  if (permission === undefined && rateLimit === undefined) return null;

  return (
    <ul class="terms">
      {permission === "public" && <li>Public: no sign-in needed</li>}
      {permission !== undefined && permission !== "public" && (
        <li>
          Needs the permission <code>{permission}</code>
        </li>
      )}
      {rateLimit !== undefined && <li>Rate limit: {rateLimit}</li>}
    </ul>
  );
}

function OperationPart({ title, note, children }: { title: string; note?: string; children: ComponentChildren }) {
  return (
    <section class="operation-part">
      <h4>
        {title}
        {note !== undefined && <span>{note}</span>}
      </h4>
      {children}
    </section>
  );
}

/** Lets a long path break before its slashes, and nowhere else if that is enough. */
function breakable(path: string): ComponentChildren {
  return path.split(/(?=\/)/).flatMap((step) => [<wbr />, step]);
}
