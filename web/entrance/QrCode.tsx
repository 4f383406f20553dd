import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { squares } from "./qr";

// Readers want a margin of four squares.
const MARGIN = 4;

/** A QR code. What draws it is loaded only here; the place is kept meanwhile. */
export function QrCode({ text }: { text: string }) {
  const drawn = useSignal<{ size: number; path: string } | undefined>(undefined);

  useEffect(() => {
    void draw(text).then((code) => (drawn.value = code));
  }, [text]);

  const size = drawn.value?.size ?? 1;
  return (
    <svg
      class="qr"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label="QR code for your app"
      shape-rendering="crispEdges"
    >
      <path d={drawn.value?.path ?? ""} />
    </svg>
  );
}

async function draw(text: string) {
  const { encode } = await import("uqr");
  const { data, size } = encode(text, { ecc: "M", border: 0 });
  return { size: size + 2 * MARGIN, path: squares(data, MARGIN) };
}
