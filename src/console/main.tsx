import './style/tokens.css';
import './style/base.css';
import './style/layout.css';
import './style/controls.css';
import './style/lists.css';
import './style/gate.css';
import './style/actions.css';
import './style/overview.css';
import './style/resources.css';

// The browser paints the static page first and loads the console meanwhile.
requestAnimationFrame(() =>
  setTimeout(() => {
    // Code that appears before the font is there keeps its own font, so it is loaded before any code appears.
    document.fonts.load('1em "IBM Plex Mono"').catch(() => {});
    return import('./start.tsx').then(({ start }) => start());
  }),
);
