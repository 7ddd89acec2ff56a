const POLL_MS = 10_000;

/** The part of the browser's `document` that says whether the page is visible. */
interface VisiblePage {
  readonly visibilityState: string;
  addEventListener(type: 'visibilitychange', listener: () => void): void;
  removeEventListener(type: 'visibilitychange', listener: () => void): void;
}

/**
 * Calls a function every ten seconds, or more often, while the page is visible, and at once when it becomes visible again. A hidden page sends no request.
 *
 * @returns a function that ends it
 * @example
 * useEffect(() => pollWhileVisible(document, () => content.reload()), []);
 */
export function pollWhileVisible(page: VisiblePage, poll: () => void, everyMs = POLL_MS): () => void {
  let timer: ReturnType<typeof setInterval> | undefined;
  const stop = () => {
    clearInterval(timer);
    timer = undefined;
  };
  const start = () => {
    timer ??= setInterval(poll, everyMs);
  };
  const follow = () => {
    if (page.visibilityState !== 'visible') return stop();
    if (timer === undefined) poll();
    start();
  };
  if (page.visibilityState === 'visible') start();
  page.addEventListener('visibilitychange', follow);
  return () => {
    stop();
    page.removeEventListener('visibilitychange', follow);
  };
}
