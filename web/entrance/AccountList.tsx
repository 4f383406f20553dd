import { useSignal } from "@preact/signals";
import type { Access } from "../shared/api";
import { Notice } from "../shared/Notice";
import { roleTitle } from "./roles";
import { explain, type Trouble } from "./trouble";
import { useVisit } from "./visit";
import "./account-list.css";

/** The accounts that one works for, to go over from one to another. */
export function AccountList({ access }: { access: Access }) {
  const { session } = useVisit();
  const accounts = access.accounts.toSorted((one, other) => one.name.localeCompare(other.name));
  const goingTo = useSignal("");
  const trouble = useSignal<Trouble | undefined>(undefined);

  async function go(id: string) {
    if (goingTo.value || id === access.account_id) return;
    goingTo.value = id;
    trouble.value = undefined;
    try {
      await session.switchTo(id);
    } catch (error) {
      trouble.value = explain(error);
    }
    goingTo.value = "";
  }

  return (
    <nav class="accounts" aria-labelledby="accounts">
      <h2 id="accounts">Your accounts</h2>
      <ul>
        {accounts.map(({ id, name, role }) => (
          <li key={id}>
            <button
              type="button"
              aria-current={id === access.account_id}
              aria-busy={id === goingTo.value}
              onClick={() => go(id)}
            >
              <span class="account-name">{name}</span>
              <span class="account-role">{roleTitle(role)}</span>
              <svg class="account-mark" viewBox="0 0 20 20" aria-hidden="true">
                <path d="M4.5 10.5l3.5 3.5 7.5-8" />
              </svg>
            </button>
          </li>
        ))}
      </ul>
      {trouble.value && <Notice tone="bad" words={trouble.value.words} />}
    </nav>
  );
}
