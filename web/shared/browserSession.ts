import { plainly } from "./ask";
import { hintIn } from "./hint";
import { Session } from "./session";

const LOCK = "parley.refresh";

/** The session of this browser. */
export function browserSession(): Session {
  return new Session({
    send: plainly,
    hint: hintIn(() => localStorage, window),
    alone,
    pause: (ms) => new Promise((resume) => setTimeout(resume, ms)),
  });
}

// Browsers have locks on HTTPS and localhost only; elsewhere the hub tells the loser of a race to come again.
function alone<T>(task: () => Promise<T>): Promise<T> {
  return "locks" in navigator ? navigator.locks.request(LOCK, task) : task();
}
