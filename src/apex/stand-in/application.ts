import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { type Addresses, COOKIE_PATH } from './addresses.ts';
import type { ApexSession, SessionStore } from './apex-session.ts';
import type { Provider } from './provider.ts';
import type { StandInEvent } from './stand-in-event.ts';
import type { StandInSettings } from './stand-in-settings.ts';
import type { StateSealer } from './state.ts';

/** The parts that the routes of one running stand-in share. */
export interface Application {
  readonly settings: StandInSettings;
  readonly addresses: Addresses;
  readonly sessions: SessionStore;
  readonly states: StateSealer;
  readonly provider: Provider;
  readonly report: (event: StandInEvent) => void;
}

/**
 * Makes a function that reports events to an observer. An error of the observer never disturbs a sign-in.
 *
 * @example const report = reporter((event) => console.log(event.type));
 */
export function reporter(onEvent: ((event: StandInEvent) => void) | undefined): (event: StandInEvent) => void {
  return (event) => {
    try {
      onEvent?.(event);
    } catch {
      // The error has no other receiver: the observer itself is at fault.
    }
  };
}

/** Returns the browser's session: its cookie, and the session id of the address if there is one, must belong together. */
export function sessionOf(app: Application, c: Context, id?: string): ApexSession | undefined {
  return app.sessions.find(getCookie(c, cookieName(app)), id);
}

/** Returns why the browser's session has ended, if it has one that has. */
export function endedSession(app: Application, c: Context): ReturnType<SessionStore['endOf']> {
  return app.sessions.endOf(getCookie(c, cookieName(app)));
}

/** Sends the session's cookie, which replaces the browser's earlier one. */
export function sendCookie(app: Application, c: Context, session: ApexSession): void {
  setCookie(c, cookieName(app), session.cookie, { path: COOKIE_PATH, httpOnly: true, sameSite: 'Lax' });
}

/** Ends the browser's session, if it has one, and deletes its cookie. */
export function endSession(app: Application, c: Context): void {
  const session = sessionOf(app, c);
  if (session !== undefined) app.sessions.delete(session);
  if (getCookie(c, cookieName(app)) !== undefined) deleteCookie(c, cookieName(app), { path: COOKIE_PATH });
}

function cookieName(app: Application): string {
  return `ORA_WWV_APP_${app.settings.options.application.id}`;
}
