interface Bubble {
  x: number;
  y: number;
  width: number;
  /** How long its lines of writing are. */
  lines: readonly number[];
  from: "lead" | "agent" | "rep";
}

const LINE = 18;

const bubbles: readonly Bubble[] = [
  { x: 0, y: 0, width: 236, lines: [188, 120], from: "lead" },
  { x: 132, y: 92, width: 308, lines: [260, 214, 96], from: "agent" },
  { x: 0, y: 202, width: 176, lines: [128], from: "lead" },
  { x: 196, y: 276, width: 244, lines: [196, 148], from: "rep" },
];

/** A conversation, drawn: a lead writes, an agent answers, a person takes over. */
export function Picture() {
  return (
    <aside class="entrance-picture" aria-label="What Parley is for">
      <div>
        <svg viewBox="0 0 440 348" aria-hidden="true">
          {bubbles.map((bubble) => (
            <Said key={bubble.y} {...bubble} />
          ))}
        </svg>
        <p class="entrance-claim">Every conversation with a lead, in one place.</p>
        <p class="entrance-about">Text messages, WhatsApp, mail and web chat, answered by AI agents and by people.</p>
      </div>
    </aside>
  );
}

function Said({ x, y, width, lines, from }: Bubble) {
  return (
    <g class="bubble" data-from={from} transform={`translate(${x} ${y})`}>
      <path d={outline(width, lines.length * LINE + 34, from === "lead")} />
      {lines.map((length, place) => (
        <rect key={place} x="22" y={22 + place * LINE} width={length} height="8" rx="4" />
      ))}
    </g>
  );
}

// As in the mark: three round corners, and a sharper one where the voice comes from.
function outline(width: number, height: number, isLeft: boolean): string {
  const [left, right] = isLeft ? [6, 22] : [22, 6];
  return [
    `M22 0H${width - 22}a22 22 0 0 1 22 22V${height - right}a${right} ${right} 0 0 1 -${right} ${right}`,
    `H${left}a${left} ${left} 0 0 1 -${left} -${left}V22A22 22 0 0 1 22 0Z`,
  ].join("");
}
