import "../shared/base.css";
import { render } from "preact";
import { linkIn } from "./link";
import { UnsubscribePage } from "./UnsubscribePage";

render(<UnsubscribePage link={linkIn(location)} languages={navigator.languages} />, document.getElementById("page")!);
