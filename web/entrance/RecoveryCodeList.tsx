import { CopyButton } from "../shared/CopyButton";
import { Card } from "./Card";
import { recoveryFile } from "./codes";
import { Form } from "./Form";
import "./recovery.css";

interface RecoveryCodeListProps {
  codes: readonly string[];
  email: string;
  onDone: () => Promise<void>;
}

/** Codes for when the app is lost. They are shown this once, so there are three ways to keep them. */
export function RecoveryCodeList({ codes, email, onDone }: RecoveryCodeListProps) {
  const text = recoveryFile(codes, email, location.origin);

  return (
    <Card
      title="Keep these codes"
      lead="Each one signs you in once, should you lose the app. You see them only now: keep them in a safe place."
    >
      <div class="recovery">
        <p class="recovery-of">
          Recovery codes of {email} for Parley at {location.origin}
        </p>
        <ol class="recovery-codes" data-testid="recovery-codes">
          {codes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ol>
        <div class="recovery-ways">
          <CopyButton text={text} what="the codes" />
          <a
            class="copy"
            download="parley-recovery-codes.txt"
            href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
          >
            Download
          </a>
          <button type="button" class="copy" onClick={() => print()}>
            Print
          </button>
        </div>
      </div>
      <Form label="Recovery codes" words="I have kept them" busyWords="Going in" act={onDone}>
        {null}
      </Form>
    </Card>
  );
}
