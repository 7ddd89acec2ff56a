import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readEnvironment } from '../../src/configuration/environment.ts';
import { Problem } from '../../src/problem/problem.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'portcullis-environment-'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

const client = {
  AUTH0_DOMAIN: 'tenant.eu.auth0.com',
  AUTH0_CLIENT_ID: 'b1XkClientId',
  AUTH0_CLIENT_SECRET: 's3cr3t-value',
};

function failure(variables: Record<string, string>): Problem {
  try {
    readEnvironment({ variables, cwd });
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('was accepted');
}

describe('readEnvironment', () => {
  it('reads a client id and secret', () => {
    expect(readEnvironment({ variables: client, cwd })).toEqual({
      domain: 'tenant.eu.auth0.com',
      credentials: 'client',
      clientId: 'b1XkClientId',
      clientSecret: 's3cr3t-value',
    });
  });

  it('prefers an access token', () => {
    expect(readEnvironment({ variables: { ...client, AUTH0_ACCESS_TOKEN: 'eyJ.a.b' }, cwd })).toEqual({
      domain: 'tenant.eu.auth0.com',
      credentials: 'token',
      accessToken: 'eyJ.a.b',
    });
  });

  it('reads unset variables from .env, and does not change process.env', () => {
    writeFileSync(
      join(cwd, '.env'),
      '# tenant\nAUTH0_DOMAIN=other.eu.auth0.com\nAUTH0_CLIENT_ID="from file"\nAUTH0_CLIENT_SECRET=\'in file\'\n'.replaceAll(
        ' file',
        '-file',
      ),
    );
    const before = { ...process.env };
    expect(readEnvironment({ variables: { AUTH0_DOMAIN: 'tenant.eu.auth0.com', AUTH0_CLIENT_ID: '' }, cwd })).toEqual({
      domain: 'tenant.eu.auth0.com',
      credentials: 'client',
      clientId: 'from-file',
      clientSecret: 'in-file',
    });
    expect(process.env).toEqual(before);
  });

  it.each([
    ['https://tenant.eu.auth0.com/', 'tenant.eu.auth0.com'],
    ['Tenant.EU.auth0.com', 'tenant.eu.auth0.com'],
    ['localhost:8443', 'localhost:8443'],
    [' tenant.eu.auth0.com ', 'tenant.eu.auth0.com'],
  ])('accepts the domain %j', (written, domain) => {
    expect(readEnvironment({ variables: { ...client, AUTH0_DOMAIN: written }, cwd }).domain).toBe(domain);
  });

  it.each([
    'http://tenant.eu.auth0.com',
    'tenant.eu.auth0.com/api/v2',
    'user:pw@tenant.eu.auth0.com',
    'YOUR_DOMAIN',
    'a b',
  ])('refuses the domain %j without showing it', (written) => {
    const error = failure({ ...client, AUTH0_DOMAIN: written });
    expect(error.code).toBe('environment_invalid');
    expect(error.mistakes.map(({ field }) => field)).toEqual(['AUTH0_DOMAIN']);
    expect(error.message).not.toContain(written);
  });

  it('names all missing variables at once, and the next step', () => {
    const error = failure({});
    expect(error.code).toBe('environment_incomplete');
    expect(error.mistakes.map(({ field }) => field)).toEqual([
      'AUTH0_DOMAIN',
      'AUTH0_CLIENT_ID',
      'AUTH0_CLIENT_SECRET',
    ]);
    expect(error.remedy).toContain('.env');
    expect(failure({ AUTH0_ACCESS_TOKEN: 'eyJ.a.b' }).mistakes.map(({ field }) => field)).toEqual(['AUTH0_DOMAIN']);
  });

  it('never shows a secret', () => {
    const error = failure({ AUTH0_CLIENT_SECRET: 'hush hush', AUTH0_CLIENT_ID: 'my\nid' });
    expect(error.mistakes.map(({ field }) => field)).toEqual([
      'AUTH0_DOMAIN',
      'AUTH0_CLIENT_ID',
      'AUTH0_CLIENT_SECRET',
    ]);
    expect(`${error.message}${error.stack}${JSON.stringify(error.mistakes)}`).not.toMatch(/hush|my\\?n?id/);
    const bearer = failure({ AUTH0_DOMAIN: 'a.example', AUTH0_ACCESS_TOKEN: 'Bearer eyJ.hush.b' });
    expect(bearer.message).toContain('Leave out the word Bearer');
    expect(bearer.message).not.toContain('hush');
  });

  it('reports an unreadable .env', () => {
    mkdirSync(join(cwd, '.env'));
    expect(failure(client)).toMatchObject({ code: 'environment_invalid', file: join(cwd, '.env') });
  });
});
