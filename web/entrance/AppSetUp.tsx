import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { CodesBegun, RecoveryCodes } from "../shared/api";
import { CopyButton } from "../shared/CopyButton";
import { isRefused } from "../shared/refused";
import { AppCodeField } from "./AppCodeField";
import { Card } from "./Card";
import { appCode, inGroups } from "./codes";
import { Form } from "./Form";
import { QrCode } from "./QrCode";
import { TryAgain } from "./TryAgain";
import { explain, missing, type Trouble } from "./trouble";
import { useVisit } from "./visit";
import { Waiting } from "./Waiting";
import "./app-set-up.css";

interface AppSetUpProps {
  onConfirmed: (codes: readonly string[]) => void;
  onLater: (() => void) | undefined;
}

/** An authenticator app learns its secret, and proves that it has. */
export function AppSetUp({ onConfirmed, onLater }: AppSetUpProps) {
  const { session } = useVisit();
  const begun = useSignal<CodesBegun | undefined>(undefined);
  const trouble = useSignal<Trouble | undefined>(undefined);
  const code = useSignal("");

  async function begin() {
    trouble.value = undefined;
    try {
      begun.value = await session.ask<CodesBegun>("POST", "/api/v1/me/codes");
    } catch (error) {
      trouble.value = explain(error);
    }
  }

  useEffect(() => void begin(), []);

  async function confirm(ticket: string) {
    try {
      const body = { ticket, code: appCode(code.value) || code.value };
      const { codes } = await session.ask<RecoveryCodes>("POST", "/api/v1/me/codes/confirm", body);
      onConfirmed(codes);
    } catch (error) {
      // A secret that nobody confirmed for a quarter of an hour is good no more.
      if (!isRefused(error, "slip_spent")) throw error;
      trouble.value = { words: "That took too long. Begin anew, with a new secret for the app." };
    }
  }

  if (trouble.value) return <TryAgain trouble={trouble.value} again={begin} />;
  if (!begun.value) return <Waiting />;
  const { ticket, secret, uri } = begun.value;
  return (
    <Card
      title="Set up your app"
      lead="Any authenticator app will do: those of Google, Microsoft, 1Password and others."
    >
      <ol class="set-up">
        <li>
          <h2>Add Parley to the app</h2>
          <div class="set-up-ways">
            <QrCode text={uri} />
            <p>
              Scan this with the app. Is it on this device? <a href={uri}>Open it here.</a>
            </p>
            <p>Or type this secret into it:</p>
            <p class="secret">
              <code>{inGroups(secret)}</code>
              <CopyButton text={secret} what="the secret" />
            </p>
          </div>
        </li>
        <li>
          <h2>Type the code that it shows now</h2>
          <Form
            label="Confirm the app"
            words="Confirm"
            busyWords="Confirming"
            check={() => missing("code", "Write the code that the app shows.", code.value)}
            act={() => confirm(ticket)}
          >
            <AppCodeField value={code} />
          </Form>
        </li>
      </ol>
      {onLater && (
        <p class="step-foot">
          <button type="button" class="link" onClick={onLater}>
            Not now
          </button>
        </p>
      )}
    </Card>
  );
}
