/** Words with names in them. The names stand out. */
export function Filled({ text, names }: { text: string; names: Record<string, string> }) {
  const pieces = text.split(/\{(\w+)\}/);
  return <>{pieces.map((piece, n) => (n % 2 ? <strong key={n}>{names[piece]}</strong> : piece))}</>;
}

/** The same as plain text. */
export function filled(text: string, names: Record<string, string>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => names[name] ?? "");
}
