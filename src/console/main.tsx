import './style/font.css';
import './style/controls.css';
import './style/lists.css';
import './style/gate.css';
import './style/actions.css';
import './style/overview.css';
import './style/resources.css';

// The browser paints the static page first and loads the console meanwhile.
requestAnimationFrame(() =>
  setTimeout(async () => {
    const [{ start }] = await Promise.all([import('./start.tsx'), applyStyles().then(loadFont)]);
    start();
  }),
);

/** Turns the preloaded style sheet into one that applies. A style sheet that the page waits for delays its first paint. */
function applyStyles(): Promise<void> {
  const link = document.querySelector<HTMLLinkElement>('link[rel="preload"][as="style"]');
  if (link === null) return Promise.resolve();
  return new Promise((resolve) => {
    link.addEventListener('load', () => resolve());
    link.addEventListener('error', () => resolve());
    link.rel = 'stylesheet';
  });
}

/** Code that appears before the font is there keeps its own font, so the font is asked for before any code appears. */
function loadFont(): void {
  document.fonts.load('1em "IBM Plex Mono"').catch(() => {});
}
