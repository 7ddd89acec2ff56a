import { randomBytes } from 'node:crypto';

/** An id as Auth0 makes them for executions: sixteen random bytes and the day. Safe in a URL. */
export function executionId(): string {
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '');
  return Buffer.concat([randomBytes(16), Buffer.from(day)]).toString('base64url');
}
