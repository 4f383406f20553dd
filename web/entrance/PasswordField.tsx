import { type Signal, useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { Field } from "./Field";
import { missing, type Trouble } from "./trouble";

const LEAST_LETTERS = 10;

interface PasswordFieldProps {
  label: string;
  value: Signal<string>;
  /** A new password is chosen, or the present one is shown. */
  kind: "new" | "current";
  aside?: ComponentChildren;
}

/** A password, which can be looked at while it is typed. */
export function PasswordField({ label, value, kind, aside }: PasswordFieldProps) {
  const isShown = useSignal(false);

  return (
    <Field
      name="password"
      label={label}
      value={value}
      aside={aside}
      hint={kind === "new" && `${LEAST_LETTERS} letters or more. A few words are easy to keep in mind.`}
      input={{
        type: isShown.value ? "text" : "password",
        autoComplete: `${kind}-password`,
        autoCapitalize: "none",
        spellcheck: false,
        maxLength: 200,
      }}
      inside={
        <button type="button" class="field-button" onClick={() => (isShown.value = !isShown.value)}>
          {isShown.value ? "Hide" : "Show"}
          <span class="visually-hidden"> {label.toLowerCase()}</span>
        </button>
      }
    />
  );
}

export function missingPassword(password: string): Trouble | undefined {
  return missing("password", "Write your password.", password);
}

export function weakPassword(password: string): Trouble | undefined {
  if (password.length >= LEAST_LETTERS) return undefined;
  return { field: "password", words: `Take ${LEAST_LETTERS} letters or more: a few words, for example.` };
}
