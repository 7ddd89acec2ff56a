import { applyTheme } from './shell/theme.ts';
import './style/tokens.css';
import './style/base.css';
import './style/layout.css';

// Part of the page itself, style sheets and script: the first paint waits for no request.
applyTheme();
