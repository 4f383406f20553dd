// A real OpenID provider on loopback: `node provider.mjs PORT`, with its configuration as one line of JSON on standard
// input. It says {"issuer": …} once it listens, and ends when standard input does.
import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

console.info = console.warn; // standard output is for the issuer alone
const require = createRequire(new URL("../../../web/package.json", import.meta.url));
const { Provider } = await import(pathToFileURL(require.resolve("oidc-provider")).href);

const lines = createInterface({ input: process.stdin });
const { accounts, clients, idTokensHaveClaims } = JSON.parse(await new Promise((told) => lines.once("line", told)));
lines.on("close", () => process.exit(0));

const KEYS = [["rsa", { modulusLength: 2048 }], ["ec", { namedCurve: "P-256" }], ["ed25519", {}]];
const server = createServer();
await new Promise((ready) => server.listen(Number(process.argv[2]), "127.0.0.1", ready));

const provider = new Provider(`http://127.0.0.1:${server.address().port}`, {
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
  clients,
  conformIdTokenClaims: !idTokensHaveClaims,
  cookies: { keys: ["the key of the cookies"] },
  features: { devInteractions: { enabled: false } },
  findAccount: (_ctx, id) => ({
    accountId: id,
    claims: () => Object.values(accounts).find((account) => account.sub === id),
  }),
  interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
  jwks: { keys: KEYS.map(([kind, options]) => generateKeyPairSync(kind, options).privateKey.export({ format: "jwk" })) },
  loadExistingGrant: async ({ oidc }) => {
    // Whoever signs in agrees to all that is asked for.
    const grant = new oidc.provider.Grant({ accountId: oidc.session.accountId, clientId: oidc.client.clientId });
    grant.addOIDCScope("openid email profile");
    await grant.save();
    return grant;
  },
  pkce: { required: () => true },
  ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
});

const FORM = (hint) =>
  `<!doctype html><title>Sign in</title><form method="post"><input name="email" value="${hint}"><button>Go on</button></form>`;

async function interact(request, response) {
  const { params } = await provider.interactionDetails(request, response);
  if (request.method === "GET") {
    const hint = String(params.login_hint ?? "").replace(/[^\w.@+-]/g, "");
    response.setHeader("content-type", "text/html").end(FORM(hint));
    return;
  }
  const body = (await request.toArray()).join("");
  const account = accounts[new URLSearchParams(body).get("email")];
  const result = account ? { login: { accountId: account.sub } } : { error: "access_denied" };
  await provider.interactionFinished(request, response, result);
}

const answer = provider.callback();
server.on("request", (request, response) => {
  if (!request.url.startsWith("/interaction/")) return answer(request, response);
  return interact(request, response).catch((error) => response.writeHead(400).end(String(error)));
});
console.log(JSON.stringify({ issuer: provider.issuer }));
