import { Card } from "./Card";
import { EmailField, missingEmail } from "./EmailField";
import { Form } from "./Form";
import { singleSignOnAddress } from "./singleSignOn";
import { useVisit } from "./visit";

const LEAVING_MS = 5000;

/** Signing in where one's company does. */
export function SingleSignOn({ onBack }: { onBack: () => void }) {
  const { session, typed } = useVisit();

  async function leave() {
    const address = await singleSignOnAddress(typed.email.value);
    session.expectReturn();
    location.assign(address);
    // The button works on while the browser leaves; whoever comes back by its history can press it again.
    await new Promise((resume) => setTimeout(resume, LEAVING_MS));
  }

  return (
    <Card title="Single sign-on" lead="Your address tells Parley where your company signs in.">
      <Form
        label="Single sign-on"
        words="Continue"
        busyWords="Going there"
        check={() => missingEmail(typed.email.value)}
        act={leave}
      >
        <EmailField />
      </Form>
      <p class="step-foot">
        <button type="button" class="link" onClick={onBack}>
          Sign in another way
        </button>
      </p>
    </Card>
  );
}
