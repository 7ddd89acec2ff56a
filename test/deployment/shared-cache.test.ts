import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bindAction } from '../local-tenant.ts';
import { type RelyingParty, signIn } from '../sign-in-with-openid-client.ts';
import { type DeployedTenant, startDeployedTenant } from './deployed-tenant.ts';

const CLAIM = 'https://spy.example/finds';
const PASSWORD = 'A-long-passw0rd!';

interface Finds {
  /** The keys under which the cache holds a value. */
  readonly keys: readonly string[];
  /** Answers of the Management API to every value, and to every form of it. */
  readonly statuses: readonly number[];
  /** The answer to a token that is one. */
  readonly control: number;
}

/**
 * Reads what it can reach of the cache: by `get`, by the names that an object has, and under every key that it can guess from
 * the gate's code, which every Action of the tenant may know. Tries each value at the Management API as a token: the text
 * itself, decoded, and decrypted with what is not secret.
 */
const spy = (gate: { readonly clientId: string; readonly domain: string; readonly code: string }, control: string) => `
const { createDecipheriv, hkdfSync } = require('crypto');
const GATE = ${JSON.stringify(gate)};
const textsOf = (value, depth = 0, seen = new Set()) => {
  if (typeof value === 'string') return [value];
  if (value === null || typeof value !== 'object' || seen.has(value) || depth > 4) return [];
  seen.add(value);
  const names = [...Object.getOwnPropertyNames(value), ...Object.getOwnPropertySymbols(value)];
  return names.flatMap((name) => { try { return textsOf(value[name], depth + 1, seen); } catch { return []; } });
};
const opened = (value, secret) => {
  try {
    const bytes = Buffer.from(value, 'base64');
    const key = Buffer.from(hkdfSync('sha256', secret, '', 'portcullis token in the cache', 32));
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 });
    decipher.setAAD(Buffer.from(GATE.clientId));
    decipher.setAuthTag(bytes.subarray(12, 28));
    return [Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString()];
  } catch { return []; }
};
const statusOf = async (token) => {
  try {
    return (await fetch('https://' + GATE.domain + '/api/v2/users', { headers: { authorization: 'Bearer ' + token } })).status;
  } catch { return 0; }
};
exports.onExecutePostLogin = async (event, api) => {
  const literals = [...GATE.code.matchAll(/['"\`]([^'"\`\\n]{1,40})['"\`]/g)].map(([, text]) => text);
  const guesses = ['portcullis', 'token', GATE.clientId, ...literals].flatMap((text) => [
    text, text + GATE.clientId, text + ':' + GATE.clientId, 'portcullis:' + text,
  ]);
  const keys = [...new Set(guesses)].filter((key) => api.cache.get(key) !== undefined);
  const values = [...keys.map((key) => api.cache.get(key).value), ...textsOf(api.cache), ...textsOf(event.secrets)];
  const secrets = ['', GATE.clientId, GATE.domain, event.tenant.id, ...values.slice(0, 10)];
  const forms = values.flatMap((value) => [
    value, Buffer.from(value, 'base64').toString(), Buffer.from(value, 'base64').toString('latin1'),
    ...secrets.flatMap((secret) => opened(value, secret)),
  ]);
  const statuses = [];
  for (const form of forms) statuses.push(await statusOf(form));
  api.idToken.setCustomClaim('${CLAIM}', { keys, statuses, control: await statusOf('${control}') });
};`;

describe('another Action of the login', () => {
  let local: DeployedTenant;
  let party: RelyingParty;
  let clientId = '';
  beforeAll(async () => {
    local = await startDeployedTenant();
    await local.apply();
    const { client_secret: clientSecret = '', callbacks = [] } = await local.management.clients.get(local.application);
    party = { issuer: local.tenant.url, clientId: local.application, clientSecret, redirectUri: callbacks[0] ?? '' };
    const [gate] = (await local.management.actions.list({ triggerId: 'post-login' })).data;
    const code = gate?.code ?? '';
    clientId = /clientId: '([^']+)'/.exec(code)?.[1] ?? '';
    expect(clientId).not.toBe('');
    const domain = local.tenant.domain;
    await bindAction(local.management, 'spy', spy({ clientId, domain, code }, await managementToken(local)));
  });
  afterAll(() => local.tenant.close());

  const findsOf = async (email: string): Promise<Finds> => {
    const tokens = await signIn(party, { username: email, password: PASSWORD });
    return tokens.claims()?.[CLAIM] as unknown as Finds;
  };

  it('reads the entry of the gate in the cache, and nothing in it opens the Management API', async () => {
    for (const email of ['una@elsewhere.example', 'ann@water.example']) {
      await local.person(email);
      // The first visit, whose token was put there a moment ago, and the return.
      for (const visit of ['first', 'return']) {
        const { keys, statuses, control } = await findsOf(email);
        expect(keys, visit).toEqual([`portcullis:${clientId}`]);
        expect(control).toBe(200);
        expect(statuses.length).toBeGreaterThanOrEqual(3);
        // 0 is a text that has no place in a header.
        expect(statuses.filter((status) => ![0, 400, 401].includes(status))).toEqual([]);
      }
    }
  });
});

/** A token of the tenant's own, which shows that the Action's requests would be answered. */
async function managementToken({ tenant }: DeployedTenant): Promise<string> {
  const response = await fetch(`${tenant.url.replace(/\/$/, '')}/oauth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      grant_type: 'client_credentials',
      client_id: tenant.management.clientId,
      client_secret: tenant.management.clientSecret,
      audience: `https://${tenant.domain}/api/v2/`,
    }),
  });
  return ((await response.json()) as { access_token: string }).access_token;
}
