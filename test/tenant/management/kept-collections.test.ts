import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publishedOperations } from '../../../src/tenant/management/description/published-operations.ts';
import { builtOperations } from '../../../src/tenant/management/management-api.ts';
import type { ManagementDependencies } from '../../../src/tenant/management/management-dependencies.ts';
import { type ManagementFixture, openManagement } from './management-fixture.ts';

let tenant: ManagementFixture;
/** Values for the parameters of paths: resources that the tests create beside those that they are about. */
const beside: Record<string, string> = {};
beforeAll(async () => {
  tenant = await openManagement();
  const { body: organization } = await tenant.call('POST', '/organizations', { name: 'acme' });
  const { body: connection } = await tenant.call('POST', '/connections', { name: 'acme', strategy: 'okta' });
  const { body: flag } = await tenant.call(
    'POST',
    '/experimentation/feature-flags',
    bodies['/experimentation/feature-flags'],
  );
  await tenant.call('POST', `/connections/${connection.id}/scim-configuration`, {});
  await tenant.call('PATCH', '/tenants/settings', { default_redirection_uri: 'https://acme.example/login' });
  Object.assign(beside, {
    '/organizations/{id}': organization.id,
    '/connections/{id}': connection.id,
    '/experimentation/feature-flags/{id}': flag.id,
  });
});
afterAll(() => tenant.close());

const theme = {
  borders: {
    button_border_radius: 2,
    button_border_weight: 2,
    buttons_style: 'pill',
    input_border_radius: 2,
    input_border_weight: 2,
    inputs_style: 'pill',
    show_widget_shadow: true,
    widget_border_weight: 2,
    widget_corner_radius: 2,
  },
  colors: Object.fromEntries(
    [
      'body_text error header icons input_background input_border input_filled_text input_labels_placeholders',
      'links_focused_components primary_button primary_button_label secondary_button_border secondary_button_label success',
      'widget_background widget_border',
    ]
      .join(' ')
      .split(' ')
      .map((name) => [name, '#00FF00']),
  ),
  fonts: {
    ...Object.fromEntries(
      ['body_text', 'buttons_text', 'input_labels', 'links', 'subtitle', 'title'].map((name) => [
        name,
        { bold: false, size: 100 },
      ]),
    ),
    font_url: 'https://acme.example/font.woff',
    links_style: 'normal',
    reference_text_size: 12,
  },
  page_background: {
    background_color: '#000000',
    background_image_url: 'https://acme.example/back.png',
    page_layout: 'center',
  },
  widget: {
    header_text_alignment: 'center',
    logo_height: 55,
    logo_position: 'center',
    logo_url: 'https://acme.example/logo.png',
    social_buttons_layout: 'top',
  },
};

/** A body that creates one, for each collection that is made of the published description. */
const bodies: Readonly<Record<string, Record<string, unknown>>> = {
  '/branding/phone/providers': { name: 'custom', configuration: { delivery_methods: ['text'] }, credentials: {} },
  '/branding/phone/templates': { type: 'otp_verify', content: { from: '+15550100', body: { text: 'x', voice: 'y' } } },
  '/branding/themes': theme,
  '/connection-profiles': { name: 'acme' },
  '/connections/{id}/scim-configuration/tokens': { scopes: ['get:users'] },
  '/custom-domains': { domain: 'login.acme.example', type: 'auth0_managed_certs' },
  '/device-credentials': { device_name: 'phone', type: 'public_key', value: 'abc', device_id: 'abc123' },
  '/event-streams': {
    name: 'stream',
    subscriptions: [{ event_type: 'user.created' }],
    destination: {
      type: 'webhook',
      configuration: {
        webhook_endpoint: 'https://acme.example/hook',
        webhook_authorization: { method: 'bearer', token: 'secret' },
      },
    },
  },
  '/experimentation/experiments': {
    name: 'experiment',
    feature_flag_id: 'flg_abc',
    authentication_flow: 'login',
    allocation_strategy: 'percentage',
    assignment_config: { subject: 'device' },
    allocations: [{ variation_id: 'var_abc', is_control: true, weight: 100 }],
  },
  '/experimentation/feature-flags': { name: 'flag', parameters: { colour: { type: 'string', value: 'red' } } },
  '/experimentation/feature-flags/{id}/variations': { name: 'variation', overrides: {} },
  '/experimentation/segments': { name: 'segment', rules: [{ match: { client_id: ['abc'] } }] },
  '/flows': { name: 'flow' },
  '/flows/vault/connections': { name: 'vault', app_id: 'HTTP' },
  '/forms': { name: 'form' },
  '/hooks': { name: 'hook', script: 'module.exports = () => {};', triggerId: 'pre-user-registration' },
  '/keys/encryption': { type: 'customer-provided-root-key' },
  '/log-streams': { name: 'logs', type: 'http', sink: { httpEndpoint: 'https://acme.example/logs' } },
  '/network-acls': {
    description: 'all',
    active: true,
    priority: 1,
    rule: { action: { block: true }, match: { asns: [1] }, scope: 'tenant' },
  },
  '/organizations/{id}/discovery-domains': { domain: 'acme.example' },
  '/organizations/{id}/invitations': { inviter: { name: 'Ada' }, invitee: { email: 'bo@acme.example' } },
  '/organizations': { name: 'lake', branding: { logo_url: null }, metadata: { plan: 'gold' } },
  '/rate-limit-policies': {
    resource: 'oauth_authentication_api',
    consumer: 'client',
    consumer_selector: 'default',
    configuration: { action: 'block', limit: 100 },
  },
  '/rules': { name: 'rule', script: 'function (user, context, callback) { callback(null, user, context); }' },
  '/self-service-profiles': { name: 'profile' },
  '/token-exchange-profiles': {
    name: 'exchange',
    subject_token_type: 'urn:acme:token',
    action_id: 'an action',
    type: 'custom_authentication',
  },
  '/user-attribute-profiles': {
    name: 'attributes',
    user_attributes: { email: { description: 'x', label: 'Email', profile_required: true, auth0_mapping: 'email' } },
  },
  '/verifiable-credentials/verification/templates': {
    name: 'template',
    type: 'mdl',
    dialect: 'simplified/1.0',
    well_known_trusted_issuers: 'aamva',
    presentation: { 'org.iso.18013.5.1.mDL': { 'org.iso.18013.5.1': { family_name: false } } },
  },
};

const described = new Set(
  builtOperations({} as ManagementDependencies)
    // Organizations have settings that a login differs for, and are a collection all the same.
    .filter((one) => one.effective !== true || one.path === '/organizations')
    .map(({ method, path }) => `${method} ${path}`),
);
/** Collections: what can be created at a path, and removed at the path and one parameter. */
const collections = publishedOperations
  .filter(({ method, path }) => method === 'POST' && described.has(`POST ${path}`))
  .flatMap(({ path }) => {
    const one = publishedOperations.find(
      (other) =>
        other.method === 'DELETE' && new RegExp(`^${path.replace(/[{}]/g, '\\$&')}/\\{\\w+\\}$`).test(other.path),
    );
    return one === undefined ? [] : [path];
  });

const placed = (path: string) =>
  path.replace(/^(\/[\w-]+(?:\/[\w-]+)?)\/\{\w+\}/, (whole, start: string) => `${start}/${beside[whole] ?? 'x'}`);

it('every collection of the description is tried', () => {
  expect(Object.keys(bodies).sort()).toEqual(collections.toSorted());
});

describe.each(collections)('%s', (path) => {
  const methods = new Set(
    publishedOperations
      .filter((one) => one.path.replace(/\/\{\w+\}$/, '') === path && one.path !== path)
      .map(({ method }) => method),
  );
  it('creates, lists, shows, changes and removes a resource', async () => {
    const clientId = tenant.managementClient.client_id;
    const body = path.endsWith('/invitations') ? { ...bodies[path], client_id: clientId } : bodies[path];
    const created = await tenant.call('POST', placed(path), body);
    expect(created, JSON.stringify(created.body)).toMatchObject({ status: publishedStatus('POST', path) });
    const id: string =
      created.body.id ?? Object.entries<string>(created.body).find(([name]) => /id$/i.test(name))?.[1] ?? '';
    expect(id).not.toBe('');

    const hasList = publishedOperations.some((one) => one.method === 'GET' && one.path === path);
    if (hasList) {
      const listed = await tenant.call('GET', placed(path));
      expect(listed.status).toBe(200);
      expect(JSON.stringify(listed.body)).toContain(id);
    }

    if (methods.has('GET')) expect(await tenant.call('GET', `${placed(path)}/${id}`)).toMatchObject({ status: 200 });
    if (methods.has('PATCH')) {
      const same = await tenant.call('PATCH', `${placed(path)}/${id}`, changeable(path, body ?? {}));
      expect(same, JSON.stringify(same.body)).toMatchObject({ status: publishedStatus('PATCH', `${path}/{}`) });
    }
    const removed = await tenant.call('DELETE', `${placed(path)}/${id}`);
    expect(removed).toMatchObject({ status: publishedStatus('DELETE', `${path}/{}`) });
    if (methods.has('GET')) expect(await tenant.call('GET', `${placed(path)}/${id}`)).toMatchObject({ status: 404 });
    if (hasList) expect(JSON.stringify((await tenant.call('GET', placed(path))).body)).not.toContain(id);
  });

  it('refuses a body that the description does not allow, and names the member', async () => {
    const refused = await tenant.call('POST', placed(path), { ...bodies[path], name: 5, no_such_member: 1 });
    const isOpen = ['/device-credentials', '/keys/encryption'].includes(path);
    expect(refused.status, JSON.stringify(refused.body)).toBe(isOpen ? 201 : 400);
    if (!isOpen)
      expect(refused.body).toMatchObject({
        errorCode: 'invalid_body',
        message: expect.stringMatching(/^Payload validation error: '/),
      });
  });
});

it('a refusal names the member by its place, regardless of its characters', async () => {
  const hook = { name: 'hook', script: ' ', triggerId: 'pre-user-registration', dependencies: { '% /~': 0 } };
  const { body } = await tenant.call('POST', '/hooks', hook);
  expect(body.message).toBe(
    "Payload validation error: 'Expected type string but found type integer' on property dependencies.% /~.",
  );
});

function publishedStatus(method: string, path: string): number {
  const shape = path.replace(/\{\w*\}$/, '{}');
  return (
    publishedOperations.find((one) => one.method === method && one.path.replace(/\{\w+\}$/, '{}') === shape)?.status ??
    0
  );
}

/** The members that a change may send: some can only be given when the resource is created. */
function changeable(path: string, body: Record<string, unknown>): Record<string, unknown> {
  const fixed: Record<string, readonly string[]> = {
    '/branding/phone/templates': ['type'],
    '/custom-domains': ['domain', 'type'],
    '/experimentation/experiments': [
      'allocation_strategy',
      'authentication_flow',
      'feature_flag_id',
      'assignment_config',
    ],
    '/flows/vault/connections': ['app_id'],
    '/hooks': ['triggerId'],
    '/log-streams': ['type'],
    '/organizations/{id}/discovery-domains': ['domain'],
    '/rate-limit-policies': ['resource', 'consumer', 'consumer_selector'],
    '/token-exchange-profiles': ['action_id', 'type'],
  };
  return Object.fromEntries(Object.entries(body).filter(([name]) => fixed[path]?.includes(name) !== true));
}
