export interface Span {
  kind: "text" | "code" | "strong";
  text: string;
}

export type Block = { kind: "paragraph"; spans: Span[] } | { kind: "list"; items: Span[][] };

/** Reads the little Markdown that descriptions use: paragraphs, lists, `code` and **strong**. */
export function readProse(text: string): Block[] {
  return text.trim().split(/\n\s*\n/).filter(Boolean).flatMap(readBlock);
}

function readBlock(text: string): Block[] {
  const [before = "", ...items] = text.split(/(?:^|\n)\s*[-*] /);
  const blocks: Block[] = [];
  if (before.trim()) blocks.push({ kind: "paragraph", spans: readSpans(before) });
  if (items.length > 0) blocks.push({ kind: "list", items: items.map(readSpans) });
  return blocks;
}

function readSpans(text: string): Span[] {
  return text
    .trim()
    .replaceAll(/\s*\n\s*/g, " ")
    .split(/(`[^`]+`|\*\*[^*]+\*\*)/)
    .filter(Boolean)
    .map(readSpan);
}

function readSpan(text: string): Span {
  if (text.startsWith("`") && text.length > 2) return { kind: "code", text: text.slice(1, -1) };
  if (text.startsWith("**") && text.length > 4) return { kind: "strong", text: text.slice(2, -2) };
  return { kind: "text", text };
}
