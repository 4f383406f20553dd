/** Nothing is known yet. Said only to those who wait for longer than a moment. */
export function Waiting() {
  return (
    <p class="waiting" role="status">
      <span class="spinner" aria-hidden="true" />
      One moment
    </p>
  );
}
