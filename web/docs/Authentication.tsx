import type { Document, SecurityScheme } from "./openapi";
import { Prose } from "./Prose";
import { follow } from "./references";

export function Authentication({ document }: { document: Document }) {
  const schemes = Object.entries(document.components?.securitySchemes ?? {});

  return (
    <section class="group" id="authentication" data-target aria-labelledby="authentication-title">
      <h2 id="authentication-title">Authentication</h2>
      {schemes.length === 0 && <p>No call of this API asks who you are.</p>}
      {schemes.length > 1 && <p>Each of these is enough where a call does not say otherwise.</p>}
      <ul class="schemes">
        {schemes.map(([name, given]) => {
          const scheme = follow<SecurityScheme>(given, document);
          return scheme && <Scheme key={name} name={name} scheme={scheme} />;
        })}
      </ul>
    </section>
  );
}

function Scheme({ name, scheme }: { name: string; scheme: SecurityScheme }) {
  return (
    <li class="scheme">
      <h3>{name}</h3>
      <Prose text={scheme.description} />
      <p class="scheme-how">
        <code>{presentation(scheme)}</code>
      </p>
    </li>
  );
}

function presentation({ type, scheme = "", in: place, name }: SecurityScheme): string {
  if (type === "apiKey" && place === "query") return `?${name}=…`;
  if (type === "apiKey" && place === "cookie") return `Cookie: ${name}=…`;
  if (type === "apiKey") return `${name}: …`;
  if (type === "mutualTLS") return "a client certificate";
  const word = type === "http" ? scheme : "Bearer";
  return `Authorization: ${word.charAt(0).toUpperCase()}${word.slice(1)} …`;
}
