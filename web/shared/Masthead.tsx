import mark from "./mark.svg";
import "./masthead.css";

const pages = [
  { name: "Status", href: "/" },
  { name: "API", href: "/api/docs" },
] as const;

type PageName = (typeof pages)[number]["name"];

export function Masthead({ current }: { current: PageName }) {
  return (
    <header class="masthead">
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <a class="brand" href="/">
        <img src={mark} alt="" width="28" height="28" />
        Parley
      </a>
      <nav aria-label="Pages">
        {pages.map(({ name, href }) => (
          <a key={name} href={href} aria-current={name === current ? "page" : undefined}>
            {name}
          </a>
        ))}
      </nav>
    </header>
  );
}
