/** The dark squares of a QR code as one path, a unit each, with a margin around them. */
export function squares(dark: readonly (readonly boolean[])[], margin: number): string {
  return dark
    .flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? `M${x + margin} ${y + margin}h1v1h-1z` : [])))
    .join("");
}
