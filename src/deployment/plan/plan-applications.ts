import { type DesiredState, GATE_NAME, GATE_SCOPES, MARKER } from '../desired-state.ts';
import type { TenantSnapshot } from '../tenant-snapshot.ts';
import { logoutUrlsOf, missingLogoutUrls } from './logout-urls.ts';
import type { PlannedChange, PlannedField } from './planned-change.ts';

/** Plans the URLs of the guarded applications: missing URLs are added, and none is removed. */
export function planApplicationUrls({ guarded, policy }: TenantSnapshot, desired: DesiredState): PlannedChange[] {
  return guarded.map((application) => {
    const { clientId, name, callbacks, allowedLogoutUrls } = application;
    const fields = [
      ...added(
        'callbacks',
        desired.callbacks.filter((url) => !callbacks.includes(url)),
      ),
      ...added('allowed_logout_urls', missingLogoutUrls(logoutUrlsOf(desired, policy, application), allowedLogoutUrls)),
    ];
    const change = { resource: 'application_urls', name, id: clientId, fields } as const;
    return fields.length === 0
      ? { ...change, action: 'none', why: 'it allows the required URLs' }
      : { ...change, action: 'update', why: 'it has to allow these URLs' };
  });
}

function added(name: string, urls: readonly string[]): PlannedField[] {
  return urls.map((url) => ({ name, before: undefined, after: url }));
}

/** Plans the Action's own application. The Action never gets the guarded application's credentials. */
export function planMachineApplication({ machines }: TenantSnapshot, adopt: boolean): PlannedChange {
  const change = { resource: 'application', name: GATE_NAME } as const;
  const marker = { name: 'client_metadata.portcullis', before: undefined, after: MARKER.portcullis };
  const [first] = machines;
  if (first?.owned) return { ...change, action: 'none', why: "it is the Action's own", fields: [] };
  if (first !== undefined && adopt) return { ...change, action: 'adopt', why: 'handed over', fields: [marker] };
  return {
    ...change,
    action: 'create',
    why: 'the Action signs in with it to assign roles',
    fields: [
      { name: 'app_type', before: undefined, after: 'non_interactive' },
      { name: 'grant_types', before: undefined, after: 'client_credentials' },
      marker,
    ],
  };
}

/** Plans the application's grant for the Management API: exactly the scopes that the Action needs. */
export function planGrant({ grant }: TenantSnapshot): PlannedChange {
  const change = { resource: 'client_grant', name: GATE_NAME } as const;
  const after = GATE_SCOPES.join(' ');
  if (grant === undefined) {
    const fields = [{ name: 'scope', before: undefined, after }];
    return { ...change, action: 'create', why: 'exactly what the Action needs', fields };
  }
  const before = grant.scopes.join(' ');
  if (before === after) return { ...change, action: 'none', why: 'exactly what the Action needs', fields: [] };
  const missing = GATE_SCOPES.some((scope) => !grant.scopes.includes(scope));
  const why = missing ? 'scopes are missing' : 'it has more than the Action needs';
  return { ...change, action: 'update', why, fields: [{ name: 'scope', before, after }] };
}
