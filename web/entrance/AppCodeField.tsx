import { type Signal, useSignalEffect } from "@preact/signals";
import { useRef } from "preact/hooks";
import { appCode } from "./codes";
import { Field } from "./Field";

/** The code of an authenticator app. Once all six digits are there, typed or pasted, it goes on by itself. */
export function AppCodeField({ value }: { value: Signal<string> }) {
  const place = useRef<HTMLDivElement>(null);
  const sent = useRef("");

  useSignalEffect(() => {
    const code = appCode(value.value);
    if (code === "" || code === sent.current) return;
    sent.current = code;
    place.current?.closest("form")?.requestSubmit();
  });

  return (
    <div ref={place}>
      <Field
        name="code"
        label="Code"
        value={value}
        hint="Six digits. It goes on by itself after the last one."
        input={{ autoComplete: "one-time-code", inputMode: "numeric", maxLength: 40, class: "code-input" }}
      />
    </div>
  );
}
