export function About() {
  return (
    <section class="about" aria-label="What Parley is">
      <p>
        Parley is a hub for conversations with leads: a business's text messages, WhatsApp, mail and web chat in one
        place, answered by AI agents and by people.
      </p>
      <p class="about-now">
        This version is its foundation: the server, its accounts and its API. The inbox, the channels and the agents do
        not exist yet.
      </p>
    </section>
  );
}
