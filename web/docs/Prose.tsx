import { type Span, readProse } from "./prose";
import "./prose.css";

export function Prose({ text }: { text: string | undefined }) {
  if (!text) return null;

  return (
    <div class="prose">
      {readProse(text).map((block, place) =>
        block.kind === "paragraph" ? (
          <p key={place}>
            <Spans spans={block.spans} />
          </p>
        ) : (
          <ul key={place}>
            {block.items.map((spans, row) => (
              <li key={row}>
                <Spans spans={spans} />
              </li>
            ))}
          </ul>
        ),
      )}
    </div>
  );
}

function Spans({ spans }: { spans: Span[] }) {
  return (
    <>
      {spans.map(({ kind, text }) => {
        if (kind === "code") return <code>{text}</code>;
        return kind === "strong" ? <strong>{text}</strong> : text;
      })}
    </>
  );
}
