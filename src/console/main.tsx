import './style/actions.css';
import './style/base.css';
import './style/controls.css';
import './style/gate.css';
import './style/layout.css';
import './style/lists.css';

// What the page has on it already is painted first; the console is on its way meanwhile.
requestAnimationFrame(() => setTimeout(() => import('./start.tsx').then(({ start }) => start())));
