import './style/actions.css';
import './style/base.css';
import './style/controls.css';
import './style/gate.css';
import './style/layout.css';
import './style/lists.css';

// The browser paints the static page first and loads the console meanwhile.
requestAnimationFrame(() => setTimeout(() => import('./start.tsx').then(({ start }) => start())));
