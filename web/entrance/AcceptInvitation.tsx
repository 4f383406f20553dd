import type { Acceptance, InvitationLook, Me } from "../shared/api";
import { Card } from "./Card";
import { Facts } from "./Facts";
import { Field } from "./Field";
import { Form } from "./Form";
import { type Gone, goneBy } from "./invitation";
import { Link } from "./Link";
import { missingPassword, PasswordField, weakPassword } from "./PasswordField";
import { roleTitle } from "./roles";
import { missing } from "./trouble";
import { useVisit } from "./visit";

interface InvitedProps {
  look: InvitationLook;
  token: string;
  onGone: (why: Gone) => void;
}

/** Becoming a member with a new password, or with that of the login that the address has. */
export function AcceptInvitation({ look, token, onGone }: InvitedProps) {
  const visit = useVisit();
  const { name, password } = visit.typed;
  const hasLogin = look.needs === "sign_in";

  async function accept() {
    const body: Acceptance = { token, name: name.value, password: password.value };
    await orGone(async () => visit.take(await visit.session.enter("/api/v1/invitation/accept", body)), onGone);
  }

  return (
    <Card
      title={`Join ${look.account}`}
      lead={
        hasLogin
          ? "You have a login here already: its password lets you in."
          : "Choose how you are called, and a password."
      }
    >
      <Invitation look={look} />
      <Form
        label="Accept the invitation"
        words={`Join ${look.account}`}
        busyWords="Joining"
        check={() =>
          missing("name", "Write your name.", name.value) ??
          (hasLogin ? missingPassword(password.value) : weakPassword(password.value))
        }
        act={accept}
      >
        <input
          class="visually-hidden"
          type="email"
          name="email"
          autoComplete="username"
          value={look.email}
          readOnly
          tabIndex={-1}
          aria-hidden="true"
        />
        <Field name="name" label="Your name" value={name} input={{ autoComplete: "name", maxLength: 200 }} />
        <PasswordField
          label={hasLogin ? "Your password" : "Password"}
          value={password}
          kind={hasLogin ? "current" : "new"}
          aside={hasLogin && <Link to="/reset">Forgot your password?</Link>}
        />
      </Form>
      {hasLogin && (
        <p class="step-foot">
          <span>
            By a passkey or single sign-on? <Link to="/sign-in">Sign in</Link>, then open the link of the invitation
            again.
          </span>
        </p>
      )}
    </Card>
  );
}

/** Becoming a member as who one is signed in already. */
export function JoinAsMe({ look, token, me, onGone }: InvitedProps & { me: Me }) {
  const visit = useVisit();
  const { session } = visit;

  async function join() {
    const before = new Set(session.access.peek()?.accounts.map(({ id }) => id));
    await orGone(() => session.ask("POST", "/api/v1/me/invitation", { token }), onGone);
    const { accounts } = await session.refresh();
    const joined = accounts.find(({ id }) => !before.has(id));
    if (joined) await session.switchTo(joined.id);
    visit.comeIn();
  }

  return (
    <Card title={`Join ${look.account}`} lead={`You are signed in as ${me.name}.`}>
      <Invitation look={look} />
      <Form label="Accept the invitation" words={`Join ${look.account}`} busyWords="Joining" act={join}>
        {null}
      </Form>
    </Card>
  );
}

function Invitation({ look }: { look: InvitationLook }) {
  const until = new Date(look.expires_at).toLocaleDateString("en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
  });
  return (
    <Facts
      facts={[
        ["Your address", look.email],
        ["Your role", roleTitle(look.role)],
        ["Good until", until],
      ]}
    />
  );
}

async function orGone(act: () => Promise<unknown>, onGone: (why: Gone) => void): Promise<void> {
  try {
    await act();
  } catch (error) {
    const why = goneBy(error);
    if (!why) throw error;
    onGone(why);
  }
}
