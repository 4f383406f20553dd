import type { Signal } from "@preact/signals";
import type { ComponentChildren, InputHTMLAttributes } from "preact";
import { useId } from "preact/hooks";
import { useTroubleAt } from "./Form";
import "./field.css";

/** How an input behaves, as far as fields differ. */
export interface InputWays {
  type?: "text" | "email" | "password";
  autoComplete: string;
  inputMode?: "numeric";
  autoCapitalize?: "none";
  spellcheck?: boolean;
  maxLength: number;
  class?: string;
}

export interface FieldProps {
  name: string;
  label: string;
  value: Signal<string>;
  hint?: ComponentChildren;
  /** Stands at the end of the label's line; the keyboard comes to it after the field. */
  aside?: ComponentChildren;
  /** Stands within the field, at its end. */
  inside?: ComponentChildren;
  input: InputWays;
}

/** One thing to fill in. The line below it says what is wrong, or how it should be, and keeps its place. */
export function Field({ name, label, value, hint, aside, inside, input }: FieldProps) {
  const id = useId();
  const { words, forget } = useTroubleAt(name);

  return (
    <div class="field">
      <label for={id}>{label}</label>
      <div class="field-box">
        <input
          id={id}
          name={name}
          value={value}
          required
          aria-invalid={words !== undefined}
          aria-describedby={`${id}-note`}
          onInput={({ currentTarget }) => {
            value.value = currentTarget.value;
            if (words) forget();
          }}
          {...(input as InputHTMLAttributes)}
        />
        {inside}
      </div>
      {aside && <div class="field-aside">{aside}</div>}
      <p class="field-note" id={`${id}-note`} data-is-wrong={words !== undefined}>
        {words ?? hint}
      </p>
    </div>
  );
}
