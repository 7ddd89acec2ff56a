import { randomBytes } from 'node:crypto';

/** Makes an id in the form of Auth0's execution ids: sixteen random bytes and the day. Safe in a URL. */
export function executionId(): string {
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '');
  return Buffer.concat([randomBytes(16), Buffer.from(day)]).toString('base64url');
}
