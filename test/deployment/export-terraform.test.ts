import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { DesiredState } from '../../src/deployment/desired-state.ts';
import { exportTerraform } from '../../src/deployment/export/export-terraform.ts';
import { hclText } from '../../src/deployment/export/hcl-text.ts';
import { readTenant } from '../../src/deployment/read-tenant.ts';
import { gatePolicy } from '../gate-policy.ts';
import { bindAction } from '../local-tenant.ts';
import { type DeployedTenant, startDeployedTenant } from './deployed-tenant.ts';
import { parseTerraform } from './terraform-parser.ts';

let local: DeployedTenant;
beforeEach(async () => {
  local = await startDeployedTenant();
});
afterEach(() => local.tenant.close());

const exported = async (desired: DesiredState = local.wanted()) => {
  const { files } = await exportTerraform(local.management, await readTenant(local.management, desired), desired);
  const contentOf = (path: string) => files.find((file) => file.path === path)?.content ?? '';
  const text = contentOf('portcullis.tf');
  return { text, hcl: await parseTerraform(text), body: contentOf('portcullis-gate.js') };
};
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

it('the export is valid HCL by the parser of Terraform, and has no import on an empty tenant', async () => {
  const { hcl, text } = await exported();
  expect(Object.keys(hcl.resource)).toEqual(
    expect.arrayContaining([
      'auth0_role',
      'auth0_client',
      'auth0_client_grant',
      'auth0_action',
      'auth0_trigger_action',
    ]),
  );
  expect(hcl.resource.auth0_client_grant.portcullis_gate[0].scopes).toEqual([
    'read:roles',
    'read:users',
    'update:roles',
  ]);
  expect(hcl.import).toBeUndefined();
  expect(text).not.toContain(local.tenant.management.clientSecret);
});

it('the export imports existing items, and results in exactly the code that apply has deployed', async () => {
  await local.apply();
  const { hcl, body, text } = await exported();
  const [action] = (await local.management.actions.list({ actionName: 'Portcullis Gate' })).data;
  const client = (await local.management.clients.list()).data.find(({ name }) => name === 'Portcullis Gate');
  const roles = (await local.management.roles.list()).data;
  expect(hcl.import.map(({ id }: { id: string }) => id).sort()).toEqual(
    expect.arrayContaining([action?.id, client?.client_id, `post-login::${action?.id}`, ...roles.map(({ id }) => id)]),
  );
  expect(text).not.toContain(client?.client_secret);
  // The result of Terraform's functions, computed here: the placeholders are replaced, the header is computed.
  const [locals] = hcl.locals;
  const { portcullis_body: replacing, portcullis_header: header, portcullis_secret_digest: digest } = locals;
  let filled = body;
  for (const [, mark = '', resource = ''] of replacing.matchAll(/"(PORTCULLIS_[A-Z0-9_]+)", (\w+\.\w+)\.id/g)) {
    const [, label] = resource.split('.');
    const name = hcl.resource.auth0_role?.[label]?.[0].name;
    const id =
      resource === 'auth0_client.portcullis_gate' ? client?.client_id : roles.find((one) => one.name === name)?.id;
    filled = filled.replaceAll(mark, id ?? '');
  }
  expect(digest).toContain('nonsensitive(substr(sha256("portcullis\\nclientSecret\\n${');
  const secret = sha256(`portcullis\nclientSecret\n${client?.client_secret}`).slice(0, 16);
  const top = header
    .replace('$'.concat('{local.portcullis_secret_digest}'), secret)
    .replace('$'.concat('{sha256(local.portcullis_body)}'), sha256(filled));
  expect(top + filled).toBe(action?.deployed_version?.code);
});

it('the export lists the whole flow if the Action has a position in it, and looks up roles of others', async () => {
  await local.management.roles.create({ name: 'APEX User', description: 'Created by another tool' });
  const other = await bindAction(local.management, 'Other', 'exports.onExecutePostLogin = async () => {};');
  const { hcl } = await exported({ ...local.wanted(), position: 'first' });
  expect(hcl.resource.auth0_trigger_actions.login[0].actions.map(({ id }: { id: string }) => id)).toEqual([
    '$'.concat('{auth0_action.portcullis_gate.id}'),
    other,
  ]);
  expect(Object.values(hcl.data.auth0_role)).toMatchObject([[{ name: 'APEX User' }]]);
  expect(hcl.check.guarded_1[0].assert[0].error_message).toContain(gatePolicy.landingPage);
});

it.each([
  'plain',
  'a "b" \\ c',
  '$'.concat('{injected}'),
  '%{ if true }',
  '$${x',
  'line\nend',
  'tab\t\u0007',
  'ünïcödé 🚪',
  '$',
  '%{',
])('writes %j so that Terraform reads the same', async (text) => {
  const { locals } = await parseTerraform(`locals {\n  text = ${hclText(text)}\n}\n`);
  // The parser keeps the escapes of templates as they are written.
  expect(locals[0].text.replaceAll('$${', '${').replaceAll('%%{', '%{')).toBe(text);
});
