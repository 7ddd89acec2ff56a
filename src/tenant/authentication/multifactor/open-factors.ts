import type Provider from 'oidc-provider';
import type { FactorRequest } from '../../factors/factor-requests.ts';
import type { OrganizationRecord } from '../../store/records/organizations/organization-repository.ts';
import type { UserRecord } from '../../store/records/users/user-row.ts';
import type { Store } from '../../store/store.ts';
import { connectionOfAcr } from '../authorize/connection-acr.ts';
import { requestInfo } from '../authorize/login-progress.ts';
import { findOrganization } from '../authorize/organizations/organization.ts';
import { originalRequest } from '../authorize/original-request.ts';
import type { PendingLogin, PendingLogins } from '../authorize/pending-logins.ts';
import { belongsToSession } from '../authorize/resume-login.ts';
import type { PassedFactor } from '../authorize/suspended-login.ts';
import { suspendedLoginOf } from '../authorize/suspended-login.ts';
import type { WebContext } from '../http/web-context.ts';
import { type FactorDialog, findFactorDialog } from './factor-dialogs.ts';
import type { FactorLogin } from './factor-log.ts';
import { type FactorStatus, factorStatus } from './factor-status.ts';

export interface OpenFactorsDependencies {
  readonly store: Store;
  readonly provider: Provider;
  readonly pending: PendingLogins;
}

/** A login whose user is on the pages for factors. */
export interface OpenFactors {
  readonly pending: PendingLogin;
  readonly user: UserRecord;
  readonly organization: OrganizationRecord | undefined;
  /** The languages that the application asks for. */
  readonly locales: string | undefined;
  /** For the log. */
  readonly login: FactorLogin;
  readonly requests: readonly FactorRequest[];
  /** Factors that the user passed earlier in the same login. */
  readonly passed: readonly PassedFactor[];
  readonly dialog: FactorDialog;
  readonly status: FactorStatus;
}

/**
 * The login of a page for factors, found by its `state`. It must belong to this browser and to the session in which it
 * began. A form must contain the state, which a form of another site cannot know.
 *
 * @returns nothing if there is no such login.
 * @example
 * const open = await openFactors(deps, ctx);
 */
export async function openFactors(deps: OpenFactorsDependencies, ctx: WebContext): Promise<OpenFactors | undefined> {
  const { store, provider, pending: logins } = deps;
  const { query, form } = requestInfo(ctx);
  if (ctx.method === 'POST' && form.get('state') !== query.state) return undefined;
  const pending = logins.find(ctx, query.state, 'factors');
  if (pending === undefined || logins.loggedOutSince(ctx, pending.since)) return undefined;
  const interaction = await provider.Interaction.find(pending.state);
  const session = await provider.Session.get(ctx);
  if (interaction === undefined || !belongsToSession(interaction, session)) return undefined;
  // There is no await from here on, so parallel requests are handled one after the other.
  const dialog = findFactorDialog(store, pending.state);
  const user = store.users.find(session.accountId ?? '');
  const client = store.clients.find(String(interaction.params.client_id));
  const suspended = suspendedLoginOf(interaction);
  if (dialog === undefined || user === undefined || client === undefined) return undefined;
  if (suspended?.waitsFor !== 'factors') return undefined;
  const { requests, passed, transactionId } = suspended;
  if (dialog.userId !== user.user_id) return undefined;
  const connectionId = connectionOfAcr(session.acr);
  const connection = connectionId === undefined ? undefined : store.connections.find(connectionId);
  const status = factorStatus(store, ctx, user, requests, passed, dialog);
  const login = { user, client, connection, sessionId: session.uid, loginId: transactionId };
  const { organization: named, ui_locales: locales } = originalRequest(interaction.params);
  const organization = named ? findOrganization(store, named) : undefined;
  return { pending, user, organization, locales, login, requests, passed, dialog, status };
}
