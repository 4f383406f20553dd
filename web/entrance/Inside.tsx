import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Access, Me } from "../shared/api";
import { AccountList } from "./AccountList";
import { Card } from "./Card";
import { Facts } from "./Facts";
import { roleTitle } from "./roles";
import { SecondFactor } from "./SecondFactor";
import { SignOutButton } from "./SignOutButton";
import { TryAgain } from "./TryAgain";
import { explain, type Trouble } from "./trouble";
import { useVisit } from "./visit";
import { Waiting } from "./Waiting";

/** Signed in. The inbox will be here; until then, who one is and for whom. */
export function Inside({ access }: { access: Access }) {
  const { session } = useVisit();
  const me = useSignal<Me | undefined>(undefined);
  const trouble = useSignal<Trouble | undefined>(undefined);
  const isSettingUp = useSignal(false);

  async function load() {
    trouble.value = undefined;
    try {
      me.value = await session.ask<Me>("GET", "/api/v1/me");
    } catch (error) {
      trouble.value = explain(error);
    }
  }

  useEffect(() => void load(), []);

  async function onSetUp() {
    // The account may have asked for it: what this session may do is different now.
    await session.refresh();
    await load();
    isSettingUp.value = false;
  }

  if (trouble.value) return <TryAgain trouble={trouble.value} again={load} />;
  if (!me.value) return <Waiting />;
  const account = access.accounts.find(({ id }) => id === access.account_id);
  if (me.value.needs_second_factor || isSettingUp.value)
    return (
      <SecondFactor
        me={me.value}
        account={account?.name ?? ""}
        onDone={onSetUp}
        onLater={isSettingUp.value ? () => (isSettingUp.value = false) : undefined}
      />
    );
  return (
    <Card title="You are in" lead={`Good to have you here, ${me.value.name}.`}>
      <Facts
        facts={[
          ["Account", <strong>{account?.name}</strong>],
          ["Your role", roleTitle(me.value.role)],
          ["You sign in as", me.value.email],
          ["Second step", <SecondStepFact me={me.value} onSetUp={() => (isSettingUp.value = true)} />],
        ]}
      />
      {access.accounts.length > 1 && <AccountList access={access} />}
      <p class="step-note">The inbox is not built yet. Once it is, signing in leads there.</p>
      <SignOutButton />
    </Card>
  );
}

function SecondStepFact({ me, onSetUp }: { me: Me; onSetUp: () => void }) {
  const left = me.recovery_codes_left;
  if (me.has_codes) return <>{`An app, and ${left} recovery ${left === 1 ? "code" : "codes"}`}</>;
  if (me.passkeys > 0) return <>A passkey</>;
  return (
    <>
      None yet{" "}
      <button type="button" class="link" onClick={onSetUp}>
        Set it up
      </button>
    </>
  );
}
