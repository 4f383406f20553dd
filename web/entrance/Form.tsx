import { useSignal } from "@preact/signals";
import { type ComponentChildren, createContext } from "preact";
import { useContext, useEffect, useRef } from "preact/hooks";
import { Notice } from "../shared/Notice";
import { SubmitButton } from "./SubmitButton";
import { explain, type Trouble } from "./trouble";
import "./form.css";

interface State {
  trouble: Trouble | undefined;
  /** A person is putting it right. */
  forget: () => void;
}

const FormContext = createContext<State>({ trouble: undefined, forget: () => {} });

/** What is wrong with one field, and how to say that it is being put right. */
export function useTroubleAt(field: string): { words: string | undefined; forget: () => void } {
  const { trouble, forget } = useContext(FormContext);
  return { words: trouble?.field === field ? trouble.words : undefined, forget };
}

interface FormProps {
  label: string;
  /** What the button says, and what it says while it works. */
  words: string;
  busyWords: string;
  /** What has gone wrong before there was a form. */
  before?: Trouble;
  check?: () => Trouble | undefined;
  act: () => Promise<void>;
  children: ComponentChildren;
}

/** Fields and one button. Whatever goes wrong is said where it can be put right, and nothing that was typed is lost. */
export function Form({ label, words, busyWords, before, check, act, children }: FormProps) {
  const form = useRef<HTMLFormElement>(null);
  const isBusy = useSignal(false);
  const trouble = useSignal<Trouble | undefined>(undefined);
  const forget = () => (trouble.value = undefined);

  useEffect(() => void (trouble.value = before), [before]);
  useEffect(() => {
    if (trouble.value && form.current) lookAt(form.current, trouble.value);
  }, [trouble.value]);

  async function onSubmit(event: SubmitEvent) {
    event.preventDefault();
    if (isBusy.value || trouble.value?.waitS) return;
    const found = check?.();
    isBusy.value = found === undefined;
    // What was said before stays until there is something else to say: nothing moves under the finger.
    trouble.value = found ?? (await troubleOf(act));
    isBusy.value = false;
  }

  return (
    <form ref={form} class="form" method="post" aria-label={label} noValidate onSubmit={onSubmit}>
      <FormContext.Provider value={{ trouble: trouble.value, forget }}>{children}</FormContext.Provider>
      {trouble.value && !trouble.value.field && <Notice tone="bad" words={trouble.value.words} />}
      <SubmitButton
        words={words}
        busyWords={busyWords}
        isBusy={isBusy.value}
        waitS={trouble.value?.waitS}
        onOver={forget}
      />
    </form>
  );
}

async function troubleOf(act: () => Promise<void>): Promise<Trouble | undefined> {
  try {
    await act();
    return undefined;
  } catch (error) {
    return explain(error);
  }
}

function lookAt(form: HTMLFormElement, { field }: Trouble): void {
  const place = field ? form.elements.namedItem(field) : form.querySelector(".notice");
  if (place instanceof HTMLElement) place.focus();
}
