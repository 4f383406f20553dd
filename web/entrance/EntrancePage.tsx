import { Frame } from "./Frame";
import { Inside } from "./Inside";
import { Join } from "./Join";
import { Reset } from "./Reset";
import { SecondStep } from "./SecondStep";
import { SignIn } from "./SignIn";
import { SignUp } from "./SignUp";
import { TryAgain } from "./TryAgain";
import { useVisit } from "./visit";
import { Waiting } from "./Waiting";
import "./entrance.css";

const doors = { "/sign-in": SignIn, "/sign-up": SignUp, "/join": Join, "/reset": Reset };

/** The step that the visit has come to. */
export function EntrancePage() {
  return (
    <Frame>
      <Step />
    </Frame>
  );
}

function Step() {
  const visit = useVisit();
  const stage = visit.stage.value;
  const access = visit.session.access.value;
  const { path } = visit.address.value;
  const Door = doors[path];

  switch (stage.at) {
    case "waiting":
      return <Waiting />;
    case "away":
      return <TryAgain trouble={stage.trouble} again={() => visit.begin()} />;
    case "second step":
      return <SecondStep ticket={stage.ticket} />;
    case "inside":
      return access ? <Inside key={access.account_id} access={access} /> : <Waiting />;
    case "door":
      return <Door key={path} />;
  }
}
