import type { Reading } from "./reading";
import { StateIcon } from "./StateIcon";
import { explain, headlines } from "./wording";

export function Overview({ reading }: { reading: Reading }) {
  return (
    <div class="overview" role="status" data-testid="state" data-state={reading.state}>
      <StateIcon state={reading.state} />
      <h1>{headlines[reading.state]}</h1>
      <p>{explain(reading)}</p>
    </div>
  );
}
