const PATIENCE_MS = 8000;

export interface Answer {
  status: number;
  /** What the body says, or undefined when it is not JSON. */
  body: unknown;
}

/** Asks the hub. Throws when no answer comes; whatever status the answer has is for the caller to judge. */
export async function fetchJson(path: string): Promise<Answer> {
  const response = await fetch(path, {
    headers: { Accept: "application/json" },
    cache: "no-store",
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const text = await response.text();
  return { status: response.status, body: parse(text) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
