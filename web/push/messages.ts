// Made by `make types` from the Python declarations; a test fails when the two differ.

/** A notification. One with the same tag takes the place of the one before; `url` is where a click leads. */
export interface PushContent {
  kind: "show";
  title: string;
  body: string;
  thread: string;
  tag: string;
  url: string;
}

/** The notification with this tag is over. */
export interface PushTakenBack {
  kind: "take_back";
  tag: string;
}

export type PushMessage = PushContent | PushTakenBack;
