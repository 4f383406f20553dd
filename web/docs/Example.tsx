import { CopyButton } from "../shared/CopyButton";
import "./example.css";

export function Example({ title, text, what }: { title: string; text: string; what: string }) {
  return (
    <figure class="example">
      <figcaption>
        {title}
        <CopyButton text={text} what={what} />
      </figcaption>
      <pre tabIndex={0} role="group" aria-label={`Example of ${what}`}>
        <code>{text}</code>
      </pre>
    </figure>
  );
}
