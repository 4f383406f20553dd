import { type Signal, useSignal } from "@preact/signals";
import { isRefused } from "../shared/refused";
import { AppCodeField } from "./AppCodeField";
import { Card } from "./Card";
import { appCode } from "./codes";
import { Field } from "./Field";
import { Form } from "./Form";
import { missing } from "./trouble";
import { useVisit } from "./visit";

/** After the password: a code of the app, or one of those on paper. */
export function SecondStep({ ticket }: { ticket: string }) {
  const visit = useVisit();
  const isOnPaper = useSignal(false);
  const code = useSignal("");

  async function step() {
    try {
      visit.take(
        await visit.session.enter("/api/v1/session/second-factor", { ticket, code: appCode(code.value) || code.value }),
      );
    } catch (error) {
      if (!isRefused(error, "slip_spent")) throw error;
      visit.go("/sign-in", { tone: "bad", words: "That took too long. Sign in once more." });
    }
  }

  function change() {
    code.value = "";
    isOnPaper.value = !isOnPaper.value;
  }

  return (
    <Card
      key={String(isOnPaper.value)}
      title={isOnPaper.value ? "Use a recovery code" : "One more step"}
      lead={
        isOnPaper.value
          ? "Each of your recovery codes signs you in once."
          : "Open your authenticator app, and type its code for Parley."
      }
    >
      <Form
        label="Second step"
        words="Sign in"
        busyWords="Signing in"
        check={() => missing("code", "Write the code.", code.value)}
        act={step}
      >
        {isOnPaper.value ? <RecoveryCodeField value={code} /> : <AppCodeField value={code} />}
      </Form>
      <p class="step-foot">
        <button type="button" class="link" onClick={change}>
          {isOnPaper.value ? "Use the code of your app" : "Use a recovery code"}
        </button>
        <button type="button" class="link" onClick={() => visit.go("/sign-in")}>
          Start again
        </button>
      </p>
    </Card>
  );
}

function RecoveryCodeField({ value }: { value: Signal<string> }) {
  return (
    <Field
      name="code"
      label="Recovery code"
      value={value}
      hint="Ten letters and digits. Dashes and spaces do not matter."
      input={{ autoComplete: "off", autoCapitalize: "none", spellcheck: false, maxLength: 40, class: "code-input" }}
    />
  );
}
