import { useSignal } from "@preact/signals";
import { isRefused } from "../shared/refused";
import { ask } from "../shared/ask";
import { Card } from "./Card";
import { EmailField, missingEmail } from "./EmailField";
import { Form } from "./Form";
import { Link } from "./Link";
import { useVisit } from "./visit";

/** A way to a new password: by mail, or by whoever runs this Parley. */
export function Forgotten() {
  const { entrance, typed } = useVisit();
  const hasNoMail = useSignal(false);
  const sentTo = useSignal("");

  async function askForLink() {
    try {
      await ask("POST", "/api/v1/password/forgotten", { email: typed.email.value });
      sentTo.value = typed.email.value;
    } catch (error) {
      if (!isRefused(error, "mail_not_set_up")) throw error;
      hasNoMail.value = true;
    }
  }

  if (hasNoMail.value || entrance.value?.mail_is_set_up === false) return <NoMail />;
  if (sentTo.value) return <Sent email={sentTo.value} onAgain={() => (sentTo.value = "")} />;
  return (
    <Card title="Forgot your password?" lead="You get a letter with a link to set a new one.">
      <Form
        label="Forgot your password?"
        words="Send the link"
        busyWords="Sending the link"
        check={() => missingEmail(typed.email.value)}
        act={askForLink}
      >
        <EmailField />
      </Form>
      <BackToSignIn />
    </Card>
  );
}

function Sent({ email, onAgain }: { email: string; onAgain: () => void }) {
  return (
    <Card
      title="Check your mail"
      lead={
        <>
          If somebody signs in here as <strong>{email}</strong>, a link to a new password is on its way there. It works
          once, and for an hour.
        </>
      }
    >
      <ul class="ways-on">
        <li>Nothing there after some minutes? Look into the spam folder.</li>
        <li>
          Was it another address?{" "}
          <button type="button" class="link" onClick={onAgain}>
            Write it anew
          </button>
        </li>
      </ul>
      <BackToSignIn />
    </Card>
  );
}

function NoMail() {
  return (
    <Card title="Forgot your password?" lead="This Parley sends no mail, so a person has to help you.">
      <ul class="ways-on">
        <li>Ask whoever runs this Parley for a link to a new password.</li>
        <li>
          Do you run it yourself? Make the link where it runs:
          <code>python -m hub member reset EMAIL</code>
        </li>
      </ul>
      <BackToSignIn />
    </Card>
  );
}

function BackToSignIn() {
  return (
    <p class="step-foot">
      <Link to="/sign-in">Back to sign-in</Link>
    </p>
  );
}
