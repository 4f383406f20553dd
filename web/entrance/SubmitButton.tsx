import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { clockWords } from "./clockWords";
import "../shared/button.css";

interface SubmitButtonProps {
  words: string;
  busyWords: string;
  isBusy: boolean;
  waitS: number | undefined;
  onOver: () => void;
}

/** The one button of a form. It stays where it is and as large as it is, whether it works, waits or can be pressed. */
export function SubmitButton({ words, busyWords, isBusy, waitS, onOver }: SubmitButtonProps) {
  const leftS = useSignal(0);

  useEffect(() => {
    if (!waitS) return;
    const until = Date.now() + waitS * 1000;
    leftS.value = waitS;
    const timer = setInterval(() => {
      leftS.value = Math.ceil((until - Date.now()) / 1000);
      if (leftS.value <= 0) onOver();
    }, 250);
    return () => clearInterval(timer);
  }, [waitS]);

  // Still a button that can be reached: whoever has just pressed it keeps their place.
  const isIdle = !isBusy && !waitS;
  return (
    <button class="button" type="submit" aria-disabled={!isIdle} aria-busy={isBusy}>
      {isBusy ? busyWords : waitS ? `Wait ${clockWords(leftS.value || waitS)}` : words}
    </button>
  );
}
