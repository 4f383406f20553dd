import "./status-code.css";

export function StatusCode({ status }: { status: string }) {
  return (
    <code class="status" data-class={status.charAt(0)}>
      {status}
    </code>
  );
}
