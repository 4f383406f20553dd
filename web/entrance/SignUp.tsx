import { useSignal } from "@preact/signals";
import { isRefused } from "../shared/refused";
import { Card } from "./Card";
import { EmailField, missingEmail } from "./EmailField";
import { Field } from "./Field";
import { Form } from "./Form";
import { Link } from "./Link";
import { PasswordField, weakPassword } from "./PasswordField";
import { missing } from "./trouble";
import { useVisit } from "./visit";

/** A new account, and its first owner. */
export function SignUp() {
  const visit = useVisit();
  const { email, password, accountName, name } = visit.typed;
  const isClosed = useSignal(false);

  function check() {
    return (
      missing("account_name", "Write what your business is called.", accountName.value) ??
      missing("name", "Write your name.", name.value) ??
      missingEmail(email.value) ??
      weakPassword(password.value)
    );
  }

  async function signUp() {
    const wanted = { account_name: accountName.value, name: name.value, email: email.value, password: password.value };
    try {
      visit.take(await visit.session.enter("/api/v1/sign-up", wanted));
    } catch (error) {
      if (!isRefused(error, "sign_up_closed")) throw error;
      isClosed.value = true;
    }
  }

  if (isClosed.value || visit.entrance.value?.can_sign_up === false) return <SignUpClosed />;
  return (
    <Card
      title="Make an account"
      lead={
        <>
          Already have an account? <Link to="/sign-in">Sign in</Link>
        </>
      }
    >
      <Form label="Make an account" words="Make the account" busyWords="Making the account" check={check} act={signUp}>
        <Field
          name="account_name"
          label="Name of your business"
          value={accountName}
          input={{ autoComplete: "organization", maxLength: 200 }}
        />
        <Field name="name" label="Your name" value={name} input={{ autoComplete: "name", maxLength: 200 }} />
        <EmailField />
        <PasswordField label="Password" value={password} kind="new" />
      </Form>
    </Card>
  );
}

function SignUpClosed() {
  return (
    <Card title="Sign-up is closed" lead="New accounts on this Parley are made by whoever runs it.">
      <ul class="ways-on">
        <li>Does your company use Parley already? Ask its owner for an invitation: its link leads you in.</li>
        <li>
          Do you run this Parley? Make an account where it runs:
          <code>python -m hub account create NAME --owner EMAIL</code>
        </li>
      </ul>
      <Link to="/sign-in" look="button button-quiet">
        Sign in
      </Link>
    </Card>
  );
}
