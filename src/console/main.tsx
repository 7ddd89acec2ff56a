import './style/tokens.css';
import './style/base.css';
import './style/layout.css';
import './style/controls.css';
import './style/lists.css';
import './style/gate.css';
import './style/actions.css';
import './style/overview.css';
import './style/resources.css';
import { applyTheme } from './shell/theme.ts';

applyTheme();
// The browser paints the static page first and loads the console meanwhile.
requestAnimationFrame(() => setTimeout(() => import('./start.tsx').then(({ start }) => start())));
