import type { Method } from "./openapi";
import "./method-name.css";

export function MethodName({ method }: { method: Method }) {
  return (
    <span class="method" data-method={method}>
      {method.toUpperCase()}
    </span>
  );
}
