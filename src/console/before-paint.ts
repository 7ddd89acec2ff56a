import { applyTheme } from './shell/theme.ts';

// Part of the page itself: the colours are chosen before the first paint, without a request that the paint would wait for.
applyTheme();
