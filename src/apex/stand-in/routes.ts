import { type Context, Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { Problem } from '../../problem/problem.ts';
import { CALLBACK_PATHS, LOGOUT_PATH, STYLESHEET_PATH } from './addresses.ts';
import type { Application } from './application.ts';
import { callbackRoute } from './callback-route.ts';
import { logoutRoute } from './logout-route.ts';
import { classicRequest, friendlyRequest } from './page-request.ts';
import { pageRoute } from './page-route.ts';
import { terminalSafe } from './stand-in-event.ts';
import {
  internalErrorPage,
  methodNotAllowedPage,
  misdirectedPage,
  notFoundPage,
  signInErrorPage,
} from './views/notice-page.ts';
import { STYLESHEET } from './views/stand-in-stylesheet.ts';

/**
 * All addresses of the stand-in. Every response forbids scripts, framing and caching, and keeps the address, which contains
 * a session id, from other sites.
 *
 * @example routes(app).fetch(new Request('http://localhost:4100/ords/r/demo/gate/home'))
 * @see Oracle APEX, Friendly URL syntax, f?p syntax; APEX_AUTHENTICATION.CALLBACK and LOGOUT
 */
export function routes(app: Application): Hono {
  const hono = new Hono();
  const { workspace } = app.settings.options.application;

  hono.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        formAction: ["'none'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
      xFrameOptions: 'DENY',
      // Plain HTTP on the user's own machine: HSTS has no purpose.
      strictTransportSecurity: false,
    }),
  );
  hono.use(async (c, next) => {
    c.header('Cache-Control', 'no-store');
    // The page that reports the wrong host needs its stylesheet.
    if (c.req.path === STYLESHEET_PATH && isSafeMethod(c)) return next();
    if (new URL(c.req.url).origin !== app.addresses.origin) return c.html(misdirectedPage(app), 421);
    if (!isSafeMethod(c)) return c.html(methodNotAllowedPage(app), 405, { Allow: 'GET' });
    return next();
  });

  hono.get('/', (c) => c.redirect(app.addresses.page('home'), 302));
  hono.get('/favicon.ico', (c) => c.body(null, 204));
  hono.get(STYLESHEET_PATH, (c) => c.body(STYLESHEET, 200, { 'Content-Type': 'text/css; charset=utf-8' }));
  for (const path of CALLBACK_PATHS) hono.get(path, (c) => callbackRoute(app, c));
  hono.get(LOGOUT_PATH, (c) => logoutRoute(app, c));
  hono.get('/ords/f', (c) => {
    const request = classicRequest(new URL(c.req.url).searchParams);
    return request === undefined ? c.html(notFoundPage(app), 404) : pageRoute(app, c, request);
  });
  hono.get('/ords/r/:workspace/:application/:page?', (c) => {
    if (c.req.param('workspace').toLowerCase() !== workspace) return c.html(notFoundPage(app), 404);
    const search = new URL(c.req.url).searchParams;
    return pageRoute(app, c, friendlyRequest(c.req.param('application'), c.req.param('page') ?? 'home', search));
  });

  hono.notFound((c) => c.html(notFoundPage(app), 404));
  hono.onError((failure, c) => {
    c.header('Cache-Control', 'no-store');
    if (failure instanceof Problem) {
      app.report({ type: 'error', code: failure.code, message: terminalSafe(failure.message) });
      return c.html(signInErrorPage(app, failure.code, terminalSafe(failure.message)), 502);
    }
    app.report({ type: 'error', code: 'internal_error', message: terminalSafe(failure.message) });
    return c.html(internalErrorPage(app), 500);
  });
  return hono;
}

/** HEAD would run the same code as GET, and must use up neither a code nor a sign-out. */
function isSafeMethod(c: Context): boolean {
  const hasEffect = [...CALLBACK_PATHS, LOGOUT_PATH].some((path) => path === c.req.path);
  return c.req.method === 'GET' || (c.req.method === 'HEAD' && !hasEffect);
}
