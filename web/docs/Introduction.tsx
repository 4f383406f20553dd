import type { Document } from "./openapi";
import { Prose } from "./Prose";
import { descriptionPath } from "./paths";

export function Introduction({ document: { info } }: { document: Document }) {
  return (
    <section class="introduction">
      <p class="eyebrow">{info.title}, version {info.version}</p>
      <h1>API reference</h1>
      <Prose text={info.description} />
      <p class="raw">
        For programs: <a href={descriptionPath}>openapi.json</a>
      </p>
    </section>
  );
}
