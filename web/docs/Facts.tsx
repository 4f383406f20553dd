import type { Description } from "./schemas";

/** What a value must keep to, on one line under its field. */
export function Facts({ description: { values, limits, standard, example } }: { description: Description }) {
  if (values.length === 0 && limits.length === 0 && standard === undefined && example === undefined) return null;

  return (
    <ul class="facts">
      {values.length > 0 && (
        <li>
          {values.length === 1 ? "Always" : "One of"}{" "}
          {values.map((value) => (
            <code key={value}>{value}</code>
          ))}
        </li>
      )}
      {limits.map((limit) => (
        <li key={limit}>{limit}</li>
      ))}
      {standard !== undefined && (
        <li>
          Default <code>{standard}</code>
        </li>
      )}
      {example !== undefined && (
        <li>
          Such as <code>{example}</code>
        </li>
      )}
    </ul>
  );
}
