import { useSignal } from "@preact/signals";
import { Card } from "./Card";
import { EmailField, missingEmail } from "./EmailField";
import { Form } from "./Form";
import { Link } from "./Link";
import { PasskeyButton } from "./PasskeyButton";
import { missingPassword, PasswordField } from "./PasswordField";
import { SingleSignOn } from "./SingleSignOn";
import { useVisit } from "./visit";

/** Coming in, for those who have been here before. */
export function SignIn() {
  const visit = useVisit();
  const isSingle = useSignal(false);
  const { email, password } = visit.typed;
  if (isSingle.value) return <SingleSignOn onBack={() => (isSingle.value = false)} />;

  return (
    <Card title="Sign in" lead={<WaysForStrangers />}>
      <Form
        label="Sign in"
        words="Sign in"
        busyWords="Signing in"
        check={() => missingEmail(email.value) ?? missingPassword(password.value)}
        act={async () => visit.take(await visit.session.signIn({ email: email.value, password: password.value }))}
      >
        <EmailField />
        <PasswordField
          label="Password"
          value={password}
          kind="current"
          aside={<Link to="/reset">Forgot your password?</Link>}
        />
      </Form>
      <div class="ways" role="group" aria-label="Other ways to sign in">
        <p class="ways-rule">or</p>
        <PasskeyButton />
        <button type="button" class="button button-quiet" onClick={() => (isSingle.value = true)}>
          <svg class="button-icon" viewBox="0 0 20 20" aria-hidden="true">
            <path d="M4 17V5l6-2.5V17M10 7.5h6V17M2.5 17h15M6.7 7.5v.1M6.7 11v.1M13 11v.1M13 14v.1" />
          </svg>
          Continue with single sign-on
        </button>
      </div>
    </Card>
  );
}

function WaysForStrangers() {
  const { entrance } = useVisit();
  // A line of its own from the start, so that nothing moves when the hub has answered.
  if (!entrance.value) return <>&nbsp;</>;
  if (!entrance.value.can_sign_up) return <>New here? Ask your company for an invitation.</>;
  return (
    <>
      New here? <Link to="/sign-up">Make an account</Link>
    </>
  );
}
