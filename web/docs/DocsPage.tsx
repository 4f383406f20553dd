import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { fetchJson } from "../shared/fetchJson";
import { Masthead } from "../shared/Masthead";
import { type Loading, loadDocument } from "./load";
import { Reference } from "./Reference";
import { descriptionPath } from "./paths";
import "../shared/button.css";
import "./docs.css";

export function DocsPage() {
  const loading = useSignal<Loading>({ state: "loading" });

  async function load() {
    loading.value = { state: "loading" };
    loading.value = await loadDocument(() => fetchJson(descriptionPath));
  }

  useEffect(() => void load(), []);

  return (
    <>
      <Masthead current="API" />
      <Body loading={loading.value} retry={load} />
    </>
  );
}

function Body({ loading, retry }: { loading: Loading; retry: () => void }) {
  if (loading.state === "loaded") return <Reference document={loading.document} />;

  return (
    <main id="main" class="docs-state" tabIndex={-1} data-testid="docs-state" data-state={loading.state}>
      {loading.state === "failed" ? (
        <div role="alert">
          <h1>The API reference cannot be shown</h1>
          <p>{loading.reason}</p>
          <button type="button" class="button button-quiet button-small" onClick={retry}>
            Try again
          </button>
        </div>
      ) : (
        <p role="status">Loading the API reference.</p>
      )}
    </main>
  );
}
