import { Card } from "./Card";
import { Form } from "./Form";
import type { Trouble } from "./trouble";

/** What was wanted could not be looked at; it can be tried again. */
export function TryAgain({ trouble, again }: { trouble: Trouble; again: () => Promise<void> }) {
  return (
    <Card title="That did not work">
      <Form label="Try again" words="Try again" busyWords="Trying" before={trouble} act={again}>
        {null}
      </Form>
    </Card>
  );
}
