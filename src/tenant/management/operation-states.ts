import { effectiveSettings } from './description/effective-settings.ts';
import { describedOperations } from './description/published-operations.ts';
import { builtOperations } from './management-api.ts';
import type { ManagementDependencies } from './management-dependencies.ts';
import { resourceOf } from './setting-states.ts';

/** Whether a login, a page, a mail or a log is different for an operation, it is only stored, or the tenant does not have it. */
export type OperationState = 'effective' | 'kept' | 'absent';

/** The state of an operation, and what is missing or special here. */
export interface StatedOperation {
  readonly state: OperationState;
  readonly limit?: string;
}

/** The effect that a kept operation has, or the part of it that is missing here. */
const limits: Readonly<Record<string, string>> = {
  'PUT /branding/templates/universal-login': 'on every domain of the tenant; scripts in it do not run',
  'PUT /email-templates/{templateName}':
    'verify_email, welcome_email, reset_email, blocked_account, mfa_oob_code and user_invitation; others are only stored',
  'PATCH /prompts': 'whether the login page asks for the name first; the rest is only stored',
  'PUT /prompts/{prompt}/custom-text/{language}':
    'the texts of the screens that this tenant has; those of others are only stored',
  'PUT /prompts/{prompt}/partials': 'of the screens login and signup; scripts in them do not run',
  'PATCH /attack-protection/brute-force-protection': 'sign-ins with a password are refused, and mails sent, as it says',
  'PUT /guardian/policies':
    'all-applications asks for a factor at every login; logins are not rated for confidence-score',
  'PATCH /attack-protection/suspicious-ip-throttling':
    'once it was set, sign-ins and sign-ups are refused as it says; the administrators get no mail, and token exchange is only stored',
  'POST /log-streams':
    'a webhook on this machine receives the log; other streams are only stored, and so is pii_config',
  'POST /network-acls':
    'of addresses, hosts, user agents, and the country of --geoip. It applies to this machine only if it names a loopback address or localhost, and what a local tenant does not know (auth0_managed, asns, fingerprints) never matches',
  'GET /connections/{id}/status': 'always offline: no connector reaches a local tenant',
  'POST /custom-domains/{id}/test': 'never succeeds: no name leads to a local tenant',
  'POST /guardian/enrollments/ticket': 'the link has no page: users enroll when they sign in',
  'GET /groups': 'empty: no directory is read',
  'GET /organizations/{organization_id}/groups': 'empty: no directory is read',
  'POST /branding/phone/providers/{id}/try': 'the message is in the outbox',
  'POST /branding/phone/templates/{id}/try': 'the message is in the outbox, not rendered',
  'POST /keys/encryption/{kid}': 'checked: data is not encrypted',
  'POST /organizations/{id}/invitations': 'the mail is in the outbox',
};

/** Addresses that suspicious IP throttling refuses. They have no settings. */
const blockedAddresses = '/anomaly/blocks/ips/{id}';

/**
 * The state of each operation of the description, by method and path.
 *
 * @throws Error if an operation is registered that the description does not have, or is registered twice
 * @example
 * operationStates().get('GET /roles')?.state; // 'effective'
 */
export function operationStates(): ReadonlyMap<string, StatedOperation> {
  const states = new Map<string, StatedOperation>(
    describedOperations.map(({ method, path }) => [`${method} ${path}`, { state: 'absent' }]),
  );
  const registered = new Set<string>();
  // Operations are listed and never called, so what a call needs is missing.
  for (const { method, path, effective } of builtOperations({} as ManagementDependencies)) {
    const key = `${method} ${path}`;
    if (!states.has(key)) throw new Error(`${key} is registered, but not in the published description.`);
    if (registered.has(key)) throw new Error(`${key} is registered twice.`);
    registered.add(key);
    const limit = limits[key];
    const isEffective = effective === true || resourceOf(path) in effectiveSettings || path === blockedAddresses;
    const state = isEffective ? 'effective' : 'kept';
    states.set(key, { state, ...(limit !== undefined && { limit }) });
  }
  return states;
}
