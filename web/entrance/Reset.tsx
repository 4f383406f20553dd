import { useSignal } from "@preact/signals";
import { ask } from "../shared/ask";
import { isRefused } from "../shared/refused";
import { Card } from "./Card";
import { Form } from "./Form";
import { Forgotten } from "./Forgotten";
import { Link } from "./Link";
import { PasswordField, weakPassword } from "./PasswordField";
import { useVisit } from "./visit";

/** A new password, by the link that was mailed; without a link, the way to one. */
export function Reset() {
  const visit = useVisit();
  const { token } = visit.address.value;
  const password = useSignal("");
  const isSpent = useSignal(false);

  async function reset() {
    try {
      await ask("POST", "/api/v1/password/reset", { token, password: password.value });
      visit.go("/sign-in", { tone: "good", words: "Your new password is set. Sign in with it." });
    } catch (error) {
      if (!isRefused(error, "slip_spent")) throw error;
      isSpent.value = true;
    }
  }

  if (!token) return <Forgotten />;
  if (isSpent.value) return <SpentLink />;
  return (
    <Card title="Set a new password" lead="Wherever you are signed in, you will have to sign in again.">
      <Form
        label="Set a new password"
        words="Set the password"
        busyWords="Setting the password"
        check={() => weakPassword(password.value)}
        act={reset}
      >
        <PasswordField label="New password" value={password} kind="new" />
      </Form>
    </Card>
  );
}

function SpentLink() {
  return (
    <Card
      title="This link works no more"
      lead="It was used already, or a newer one has taken its place, or it is too old."
    >
      <div class="ways">
        <Link to="/reset" look="button">
          Ask for a new link
        </Link>
        <Link to="/sign-in" look="button button-quiet">
          Sign in
        </Link>
      </div>
    </Card>
  );
}
