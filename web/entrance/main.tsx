import "../shared/base.css";
import { render } from "preact";
import type { Entrance } from "../shared/api";
import { ask } from "../shared/ask";
import { browserSession } from "../shared/browserSession";
import { EntrancePage } from "./EntrancePage";
import { Visit, VisitProvider } from "./visit";

const visit = new Visit(browserSession(), () => ask<Entrance>("GET", "/api/v1/entrance"));

render(
  <VisitProvider value={visit}>
    <EntrancePage />
  </VisitProvider>,
  document.getElementById("page")!,
);
void visit.begin();
