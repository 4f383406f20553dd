export function About() {
  return (
    <section class="about" aria-label="What Parley is">
      <p>
        Parley is a hub for conversations with leads: a business's text messages, WhatsApp, mail and web chat in one
        place, answered by AI agents and by people.
      </p>
      <p class="about-now">
        This version does all of it over its API and live over sockets: lines, conversations, routing and rules. The
        pages of the inbox and of the widget, and the agents, are being built on it.
      </p>
    </section>
  );
}
