type Page = Pick<Document, "hidden" | "addEventListener">;

/** Runs the check now and again after each pause, for as long as the page lives, but only while it is visible. */
export function pollWhileVisible(page: Page, check: () => Promise<void>, pauseMs: number): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isChecking = false;

  async function run() {
    clearTimeout(timer);
    if (isChecking || page.hidden) return;
    isChecking = true;
    await check();
    isChecking = false;
    timer = setTimeout(run, pauseMs);
  }

  page.addEventListener("visibilitychange", run);
  void run();
}
