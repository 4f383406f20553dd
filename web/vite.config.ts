import { defineConfig } from "vitest/config";

const hub = "http://127.0.0.1:8000";

export default defineConfig({
  build: {
    rolldownOptions: {
      input: {
        start: "index.html",
        docs: "docs.html",
        entrance: "entrance.html",
        unsubscribe: "unsubscribe.html",
        "push-worker": "push/worker.ts",
      },
      output: {
        // A worker speaks for the paths beside and below its own, and browsers look there for its next version.
        entryFileNames: ({ name }) => (name === "push-worker" ? "[name].js" : "assets/[name]-[hash].js"),
        codeSplitting: {
          groups: [
            { name: "shared", minShareCount: 2 },
            { name: "qr", test: /uqr/ },
          ],
        },
      },
    },
    // The hub's Content-Security-Policy allows files of its own only: nothing may be inlined into a page.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    proxy: {
      "/api": { target: hub, bypass: ({ url }) => (url === "/api/docs" ? "/docs.html" : undefined) },
      "/ready": hub,
      "/live": hub,
      "/push-worker.js": hub,
      "^/u/[^/]+$": { target: hub, bypass: ({ method }) => (method === "GET" ? "/unsubscribe.html" : undefined) },
      "/u/": hub,
      "^/(sign-in|sign-up|join|reset)$": { target: hub, bypass: () => "/entrance.html" },
    },
  },
});
