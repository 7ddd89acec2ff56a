import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Schema } from '../../src/console/screens/resources/description.ts';
import { distinctNames, isSecret, type Schemas, shapeOf } from '../../src/console/screens/resources/field-shape.ts';

const description = new URL('../../src/tenant/management/description/schemas.json', import.meta.url);
const schemas = JSON.parse(readFileSync(description, 'utf8')) as Schemas;

/** The names of all members of the description that are texts. */
function textNames(value: unknown, found = new Set<string>()): ReadonlySet<string> {
  if (typeof value !== 'object' || value === null) return found;
  for (const [name, schema] of Object.entries((value as Schema).properties ?? {})) {
    if (schema.type === 'string') found.add(name);
  }
  for (const inner of Object.values(value)) textNames(inner, found);
  return found;
}

describe('a member of the description', () => {
  it('is a secret by its name, in both ways in which Auth0 writes names', () => {
    expect([...textNames(schemas)].filter(isSecret).sort()).toMatchInlineSnapshot(`
      [
        "access_token",
        "api_key",
        "auth_token",
        "clientSecret",
        "client_secret",
        "datadogApiKey",
        "httpAuthorization",
        "masterkey",
        "mixpanelServiceAccountPassword",
        "password",
        "privateKey",
        "private_key",
        "sasKey",
        "secret",
        "secretAccessKey",
        "secret_key",
        "segmentWriteKey",
        "servicePassword",
        "signing_secret",
        "skey",
        "smtp_pass",
        "splunkToken",
        "storageAccessKey",
        "token",
        "totp_secret",
      ]
    `);
  });

  it('is a secret or not, whatever is in front of it', () => {
    for (const name of ['clientSecret', 'client_secret', 'httpAuthorization', 'smtp_pass', 'storageAccessKey', 'token'])
      expect(isSecret(name), name).toBe(true);
    for (const name of ['accessKeyId', 'public_key', 'passwordPolicy', 'token_endpoint', 'passkey', 'site_key'])
      expect(isSecret(name), name).toBe(false);
  });

  it('has a field of several lines if it is a key, and an editor if it is a script', () => {
    const shape = (name: string, path = name) => shapeOf({ type: 'string' }, schemas, name, 0, path);
    for (const name of ['private_key', 'privateKey', 'pem', 'cert'])
      expect(shape(name), name).toMatchObject({ kind: 'text', isLong: true });
    expect(shape('login', 'options.customScripts.login')).toEqual({ kind: 'script', isNullable: false });
    expect(shape('login', 'options.login')).toMatchObject({ kind: 'text', isLong: false });
    expect(shape('code')).toMatchObject({ kind: 'script' });
  });
});

it('alternatives are named by what distinguishes them', () => {
  expect(distinctNames(['LogStreamHttpSink', 'LogStreamMixpanelSinkPatch'])).toEqual(['Http', 'Mixpanel']);
  expect(distinctNames(['AculClientFilterById', 'AculClientFilterByMetadata'])).toEqual(['Id', 'Metadata']);
  // A name that would be empty stays whole.
  expect(distinctNames(['SetupApiKey', 'SetupApiKeyWithUrl'])).toEqual(['SetupApiKey', 'SetupApiKeyWithUrl']);
  expect(distinctNames(['Form1', 'Form2'])).toEqual(['Form1', 'Form2']);
});
