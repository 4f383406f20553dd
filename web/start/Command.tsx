import { CopyButton } from "../shared/CopyButton";

export function Command({ line }: { line: string }) {
  return (
    <div class="command">
      <code>{line}</code>
      <CopyButton text={line} what={`the command ${line}`} />
    </div>
  );
}
