import type { ComponentChildren } from "preact";
import { Field } from "./Field";
import { missing, type Trouble } from "./trouble";
import { useVisit } from "./visit";

/** The address that somebody signs in with; what was typed in one form stands in the next. */
export function EmailField({ aside }: { aside?: ComponentChildren }) {
  const { email } = useVisit().typed;

  return (
    <Field
      name="email"
      label="E-mail address"
      value={email}
      aside={aside}
      input={{ type: "email", autoComplete: "username", autoCapitalize: "none", spellcheck: false, maxLength: 254 }}
    />
  );
}

export function missingEmail(email: string): Trouble | undefined {
  return missing("email", "Write your e-mail address.", email);
}
