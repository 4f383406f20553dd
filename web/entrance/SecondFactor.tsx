import { useSignal } from "@preact/signals";
import type { Me } from "../shared/api";
import { AppSetUp } from "./AppSetUp";
import { Card } from "./Card";
import { RecoveryCodeList } from "./RecoveryCodeList";
import { SignOutButton } from "./SignOutButton";

interface SecondFactorProps {
  me: Me;
  account: string;
  onDone: () => Promise<void>;
  /** Leaves it for another time, where the account does not ask for it. */
  onLater: (() => void) | undefined;
}

/** Setting up a second step for signing in: an app, then codes on paper for when the app is lost. */
export function SecondFactor({ me, account, onDone, onLater }: SecondFactorProps) {
  const codes = useSignal<readonly string[]>([]);
  const isReady = useSignal(onLater !== undefined);

  if (codes.value.length > 0) return <RecoveryCodeList codes={codes.value} email={me.email} onDone={onDone} />;
  if (me.has_codes || me.passkeys > 0) return <SignInAgain account={account} />;
  if (isReady.value) return <AppSetUp onConfirmed={(shown) => (codes.value = shown)} onLater={onLater} />;
  return (
    <Card
      title="One thing before you go in"
      lead={
        <>
          <strong>{account}</strong> asks everybody for a second step when they sign in: a code that an app on your
          phone shows. Setting it up takes two minutes.
        </>
      }
    >
      <button type="button" class="button" onClick={() => (isReady.value = true)}>
        Set up the app
      </button>
      <SignOutButton />
    </Card>
  );
}

function SignInAgain({ account }: { account: string }) {
  return (
    <Card
      title="Sign in once more"
      lead={
        <>
          <strong>{account}</strong> asks for a second step, and this browser has not shown one. Sign out, then sign in
          with your app or your passkey.
        </>
      }
    >
      <SignOutButton />
    </Card>
  );
}
