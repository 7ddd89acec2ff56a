// docs/settings.md: a setting that is said to have an effect has one, and one that has an effect is said to.
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { settingsPage } from '../../scripts/settings-page.ts';
import {
  effectiveSettings,
  unpublishedSettings,
  WHOLE,
} from '../../src/tenant/management/description/effective-settings.ts';
import { settingStates } from '../../src/tenant/management/setting-states.ts';

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');

/** The sources that act on a setting: everything of the tenant that neither validates nor shows it. */
const sources = globSync('src/tenant/**/*.ts', { cwd: root })
  .map((path) => path.replaceAll('\\', '/'))
  // Names of log categories look like those of settings, and the first application of a tenant has all of them.
  .filter(
    (path) => !/^src\/tenant\/(management|console|store|administrator)\/|\/(log-category|seed-tenant)\.ts$/.test(path),
  )
  .map((path) => read(path).replaceAll(/^\s*(\/\/|\/?\*).*$/gm, ''));

/** Settings that the Management API itself acts on, or that have another name outside of it, with the source that does. */
const actedOnByManagement: Readonly<Record<string, string>> = {
  '/client-grants subject_type': 'store/records/applications/client-grant-repository.ts',
  // The link of an invitation.
  '/tenants/settings default_redirection_uri': 'management/organizations/invitations.ts',
  '/clients/{client_id}/credentials credential_type': 'management/applications/client-credential-record.ts',
  '/clients/{client_id}/credentials parse_expiry_from_cert': 'management/applications/client-credential-record.ts',
  '/organizations/{id}/client-grants grant_id': 'management/organizations/organization-client-grants.ts',
  '/organizations enabled_connections': 'management/organizations/organizations.ts',
  '/organizations/{id}/invitations send_invitation_email': 'management/organizations/invitations.ts',
  '/organizations/{id}/invitations ttl_sec': 'management/organizations/invitations.ts',
  '/refresh-tokens refresh_token_metadata': 'management/sessions/refresh-tokens.ts',
  '/sessions session_metadata': 'management/sessions/sessions.ts',
  // An array of applications that are added to `enabled_clients`.
  [`/connections/{id}/clients ${WHOLE}`]: 'management/connections/connection-clients.ts',
  // Stored as hours.
  '/tenants/settings idle_session_lifetime_in_minutes': 'management/sessions/session-lifetimes.ts',
  '/tenants/settings session_lifetime_in_minutes': 'management/sessions/session-lifetimes.ts',
};

/** Members of resources with tables of their own that are kept, although a source reads a member of this name of something else. */
const namesakes = [
  '/clients description',
  '/clients resource_server_identifier',
  '/connections show_as_button',
  '/resource-servers authorization_details',
  '/resource-servers name',
];

const nameOf = (setting: string) => setting.split('.').at(-1) ?? '';
const isRead = (setting: string) => sources.some((source) => new RegExp(`\\b${nameOf(setting)}\\b`).test(source));
/** Whether a source names a resource, or one of it: `'/log-streams'`, `'/email-templates/{templateName}'`. */
const isPathRead = (resource: string) =>
  sources.some((source) => source.split(/['`]/).some((text) => text.replace(/\/\{\w+\}$/, '') === resource));
const states = settingStates();

describe('the settings of the Management API', () => {
  it('are in docs/settings.md', () => {
    expect(read('docs/settings.md'), 'docs/settings.md is stale: run npm run supported').toBe(settingsPage());
  });

  it('exist if they are said to be effective', () => {
    const unknown = Object.entries(effectiveSettings).flatMap(([resource, names]) => {
      const effective = states.find((one) => one.resource === resource)?.effective ?? [];
      const exists = (name: string) => effective.some((one) => one === name || one.startsWith(`${name}.`));
      return names.filter((name) => !exists(name)).map((name) => `${resource} ${name}`);
    });
    expect(unknown).toEqual([]);
  });

  it('belong to a resource of the description', () => {
    const resources = states.map(({ resource }) => resource);
    expect(Object.keys(unpublishedSettings).filter((resource) => !resources.includes(resource))).toEqual([]);
  });

  it('are effective only if a source acts on them', () => {
    const unread = states.flatMap(({ resource, effective }) =>
      effective
        .filter((setting) => !(setting === WHOLE ? isPathRead(resource) : isRead(setting)))
        .map((setting) => `${resource} ${setting}`),
    );
    expect(unread.sort()).toEqual(Object.keys(actedOnByManagement).sort());
  });

  it.each(Object.entries(actedOnByManagement))('have a source that acts on %s', (name, file) => {
    const [, setting = ''] = name.split(/ (.*)/);
    const hours = nameOf(setting).replace(/_in_minutes$/, '');
    expect(read(`src/tenant/${file}`)).toContain(setting === WHOLE ? 'enabled_clients' : hours);
  });

  it.each(['/clients', '/resource-servers', '/connections', '/tenants/settings'])(
    'of %s are effective if a source reads a member of that name',
    (resource) => {
      const { kept = [] } = states.find((one) => one.resource === resource) ?? {};
      const silent = kept.filter((setting) => !setting.includes('.') && isRead(setting));
      expect(silent.sort()).toEqual(
        namesakes.flatMap((name) => (name.startsWith(`${resource} `) ? name.split(' ')[1] : [])),
      );
    },
  );

  it('are effective in each resource that a source reads as a record', () => {
    const withoutTable = states.filter(({ resource }) => isPathRead(resource));
    expect(withoutTable.length).toBeGreaterThan(5);
    expect(withoutTable.filter(({ effective }) => effective.length === 0)).toEqual([]);
  });
});
