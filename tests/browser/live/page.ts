// What a page does with the client, and nothing else: the test drives it by `window.parley`.
import type { ThreadPage } from "../../../web/shared/api";
import { browserSession } from "../../../web/shared/browserSession";
import { Live } from "../../../web/shared/live/live";

const session = browserSession();
let live: Live | undefined;

async function begin(): Promise<void> {
  const access = session.access.value;
  if (!access) throw new Error("Nobody is signed in.");
  const list = async (view: string) => (await session.ask<ThreadPage>("GET", `/api/v1/threads?view=${view}`)).items;
  live = new Live(session, access, { reload: async () => [...(await list("all")), ...(await list("closed"))] });
  live.start();
  const thread = new URLSearchParams(location.search).get("thread");
  if (thread) live.watch(thread);
}

/** Everything that the page shows, but what is its own: positions, and what has gone. */
function shown(): unknown {
  if (!live) return undefined;
  const { threads, marks, counts, logs } = live.screen.value;
  const texts = Object.values(logs).flatMap(({ entries }) =>
    Object.values(entries)
      .sort((one, other) => one.seq - other.seq)
      .map(({ seq, rev, content }) => [seq, rev, content?.text]),
  );
  return { threads, marks, counts, texts, unsent: live.unsent.value.map(({ say }) => say.text) };
}

const parley = {
  signIn: async (email: string, password: string) => {
    await session.signIn({ email, password });
    await begin();
  },
  shown,
  state: () => live?.standing.value.state,
  note: (thread_id: string, text: string) => live?.outbox.put({ thread_id, text, note: true }),
};
Object.assign(globalThis, { parley });
if (await session.resume()) await begin();
