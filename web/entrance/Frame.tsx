import type { ComponentChildren } from "preact";
import mark from "../shared/mark.svg";
import { Picture } from "./Picture";
import "./frame.css";

/** The house around every step: whose door it is, and on wide screens what is behind it. */
export function Frame({ children }: { children: ComponentChildren }) {
  return (
    <div class="entrance">
      <div class="entrance-door">
        <header>
          <a class="entrance-brand" href="/">
            <img src={mark} alt="" width="32" height="32" />
            Parley
          </a>
        </header>
        <main id="main">{children}</main>
        <footer>
          <a href="/">Status</a>
          <a href="/api/docs">API</a>
          <span>Free software, Apache License 2.0</span>
        </footer>
      </div>
      <Picture />
    </div>
  );
}
