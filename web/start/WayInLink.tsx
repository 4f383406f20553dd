import type { WayIn } from "./wayIn";

const places: Record<WayIn, string> = { "Sign in": "/sign-in", "Sign up": "/sign-up" };

export function WayInLink({ way }: { way: WayIn }) {
  return (
    <a class="way-in" href={places[way]}>
      {way}
    </a>
  );
}
