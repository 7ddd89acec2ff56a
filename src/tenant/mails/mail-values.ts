import { type JsonObject, objectOf } from '../store/json-value.ts';
import type { ClientRecord } from '../store/records/applications/client-repository.ts';
import type { UserRecord } from '../store/records/users/user-row.ts';
import type { Store } from '../store/store.ts';

/** The values that a template can name, beside those of the tenant. */
export interface MailFacts {
  readonly user?: UserRecord | undefined;
  readonly client?: ClientRecord | undefined;
  readonly connection?: string | undefined;
  /** The link of the mail. */
  readonly url?: string;
  /** The code of the mail. */
  readonly code?: string;
  /** The address that wrong passwords came from. */
  readonly sourceIp?: string;
  readonly organization?: JsonObject;
  readonly inviter?: JsonObject;
}

/**
 * The values of a mail, under the names that templates on Auth0 use.
 *
 * @example
 * mailValues(store, { user, client, url: 'https://localhost:4000/u/email-verification?ticket=…' });
 * @see https://auth0.com/docs/customize/email/email-templates/email-template-descriptions
 */
export function mailValues(store: Store, facts: MailFacts): JsonObject {
  const { user, client, connection, url, code, sourceIp, organization, inviter } = facts;
  const tenant = objectOf(store.settings.get('tenant_settings'));
  const texts = (names: readonly string[]) =>
    Object.fromEntries(names.flatMap((name) => (typeof tenant[name] === 'string' ? [[name, tenant[name]]] : [])));
  return {
    ...texts(['friendly_name', 'support_email', 'support_url']),
    ...(client && {
      application: {
        name: client.name,
        clientID: client.client_id,
        ...(client.callbacks?.[0] !== undefined &&
          URL.canParse(client.callbacks[0]) && { callback_domain: new URL(client.callbacks[0]).origin }),
      },
    }),
    ...(connection !== undefined && { connection: { name: connection } }),
    ...(user && { user: { ...userValues(user), ...(sourceIp !== undefined && { source_ip: sourceIp }) } }),
    ...(url !== undefined && { url }),
    ...(code !== undefined && { code }),
    ...(organization && { organization }),
    ...(inviter && { inviter }),
  };
}

/** The members of a user that a template may name. */
export function userValues(user: UserRecord): JsonObject {
  const { email, email_verified, name, nickname, given_name, family_name, picture, user_metadata, app_metadata } = user;
  const values = {
    email,
    email_verified,
    name,
    nickname,
    given_name,
    family_name,
    picture,
    user_metadata,
    app_metadata,
  };
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}
