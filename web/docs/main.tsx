import "../shared/base.css";
import { render } from "preact";
import { DocsPage } from "./DocsPage";

render(<DocsPage />, document.getElementById("page")!);
