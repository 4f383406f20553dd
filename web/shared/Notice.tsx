import "./notice.css";

const shapes = { good: "M5.5 10.5l3 3 6-7", bad: "M10 5v6M10 14.4v.2" } as const;

/** How something has ended, said aloud to whoever cannot see it. */
export function Notice({ tone, words }: { tone: keyof typeof shapes; words: string }) {
  return (
    <p class="notice" data-tone={tone} role={tone === "bad" ? "alert" : "status"} tabIndex={-1}>
      <svg viewBox="0 0 20 20" aria-hidden="true">
        <path d={shapes[tone]} />
      </svg>
      <span>{words}</span>
    </p>
  );
}
