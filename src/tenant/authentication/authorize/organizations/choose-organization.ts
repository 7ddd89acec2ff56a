import type Provider from 'oidc-provider';
import type { Interaction } from 'oidc-provider';
import type { ClientRecord } from '../../../store/records/applications/client-repository.ts';
import type { OrganizationRecord } from '../../../store/records/organizations/organization-repository.ts';
import type { Store } from '../../../store/store.ts';
import { redirectBrowser, showPage } from '../../http/page-responses.ts';
import type { WebContext } from '../../http/web-context.ts';
import type { FormProblem } from '../../universal-login/forms/form-problem.ts';
import { organizationNamePage, organizationPickerPage } from '../../universal-login/pages/organization-pages.ts';
import { screenContent } from '../../universal-login/screen-content.ts';
import { requestInfo } from '../login-progress.ts';
import { originalRequest, withOrganization } from '../original-request.ts';
import type { PendingLogin, PendingLogins } from '../pending-logins.ts';
import { belongsToSession, passToLibrary, refuse } from '../resume-login.ts';
import { type OrganizationChoice, organizationChoiceOf } from '../suspended-login.ts';
import { organizationChoices } from './organization.ts';

export interface OrganizationPagesDependencies {
  readonly store: Store;
  readonly provider: Provider;
  readonly pending: PendingLogins;
}

interface OpenChoice {
  readonly login: PendingLogin;
  readonly interaction: Interaction;
  readonly choice: OrganizationChoice;
}

/** Seconds within which the browser must resume the login after the choice. */
const RESUME_LIFETIME = 60;

/** The problem of a name that no organization of the application has. */
export const unknownOrganization: FormProblem = {
  field: 'organizationName',
  code: 'invalid-organization',
  message: 'The organization you have entered is invalid',
};

/**
 * `/u/organization?state=…`: asks the user of a login for the organization that the application requires and has not named. The login then
 * goes on as if it had named that one.
 *
 * @example
 * '/u/organization': getAndPost((ctx) => chooseOrganization(deps, ctx)),
 * @see Auth0 docs: "Define Organization Behavior", "Login Flows for Organizations".
 */
export async function chooseOrganization(deps: OrganizationPagesDependencies, ctx: WebContext): Promise<void> {
  const { store } = deps;
  const { form, query } = requestInfo(ctx);
  const open = await openChoice(deps, ctx);
  const client = open && store.clients.find(String(open.interaction.params.client_id));
  if (open === undefined || client === undefined || (ctx.method === 'POST' && form.get('state') !== query.state)) {
    refuse(ctx);
    return;
  }
  const { interaction, choice, login } = open;
  const accountId = interaction.session?.accountId;
  const choices = choice.when === 'before' || accountId === undefined ? [] : organizationChoices(store, accountId);
  if (ctx.method === 'POST') {
    const chosen =
      choice.when === 'before' ? discovered(store, client, form.get('organizationName')) : picked(choices, form);
    if (chosen !== undefined) {
      interaction.params = withOrganization(interaction.params, chosen.id);
      interaction.result = { ...interaction.lastSubmission, 'post-login': {} };
      await interaction.save(RESUME_LIFETIME);
      return redirectBrowser(ctx, `/authorize/resume?state=${encodeURIComponent(login.state)}`);
    }
  }
  const isWrong = ctx.method === 'POST';
  const view = {
    applicationName: client.name,
    state: login.state,
    action: `/u/organization?state=${encodeURIComponent(login.state)}`,
    problems: isWrong ? [unknownOrganization] : [],
    content: screenContent(store, ctx, {
      prompt: 'organizations',
      screen: choice.when === 'before' ? 'organization-selection' : 'organization-picker',
      client,
      user: accountId === undefined ? undefined : store.users.find(accountId),
      locales: originalRequest(interaction.params).ui_locales,
    }),
  };
  const page =
    choice.when === 'before'
      ? organizationNamePage({
          ...view,
          typed: form.get('organizationName') ?? '',
          takesEmail: discoveryMethods(client).includes('email'),
          takesName: discoveryMethods(client).includes('organization_name'),
        })
      : organizationPickerPage({
          ...view,
          organizations: choices.map(({ id, name, display_name = name }) => ({ id, name: display_name })),
        });
  showPage(ctx, page, isWrong ? 400 : 200);
}

/**
 * `/authorize/resume?state=…` after the choice. The state can be used once.
 *
 * @returns whether the library shall continue with the request.
 */
export async function resumeWithOrganization(deps: OrganizationPagesDependencies, ctx: WebContext): Promise<boolean> {
  const open = await openChoice(deps, ctx);
  if (open?.interaction.result === undefined || !deps.pending.use(open.login)) return refuse(ctx);
  passToLibrary(ctx, open.login);
  return true;
}

/** The login of the page: of this browser, which has not logged out, and of the session in which the login began. */
async function openChoice(deps: OrganizationPagesDependencies, ctx: WebContext): Promise<OpenChoice | undefined> {
  const { provider, pending } = deps;
  const login = pending.find(ctx, requestInfo(ctx).query.state, 'organization');
  if (login === undefined || pending.loggedOutSince(ctx, login.since)) return undefined;
  const interaction = await provider.Interaction.find(login.state);
  const choice = interaction && organizationChoiceOf(interaction);
  if (interaction === undefined || choice === undefined) return undefined;
  const isBound = interaction.session !== undefined || choice.when === 'after';
  if (isBound && !belongsToSession(interaction, await provider.Session.get(ctx))) return undefined;
  return { login, interaction, choice };
}

/** The organization of a name or of an e-mail address, as the application allows. An id is neither. */
function discovered(store: Store, client: ClientRecord, typed: string | null): OrganizationRecord | undefined {
  const text = (typed ?? '').trim().toLowerCase();
  const methods = discoveryMethods(client);
  const byName = methods.includes('organization_name') ? store.organizations.findByName(text) : undefined;
  return byName ?? (methods.includes('email') ? ofDomain(store, text) : undefined);
}

function discoveryMethods({ other: { organization_discovery_methods: methods } }: ClientRecord): readonly unknown[] {
  return Array.isArray(methods) && methods.length > 0 ? methods : ['organization_name'];
}

/** The organization that has verified the domain of an address, unless the domain is not for this. */
function ofDomain(store: Store, address: string): OrganizationRecord | undefined {
  const own = /^[^@\s]+@([^@\s]+)$/.exec(address)?.[1];
  const found = store.records.all('/organizations/{id}/discovery-domains').find(({ members }) => {
    const { domain, status, use_for_organization_discovery } = members;
    return String(domain).toLowerCase() === own && status === 'verified' && use_for_organization_discovery !== false;
  });
  return found && store.organizations.find(found.parent.replace('organizations/', ''));
}

function picked(choices: readonly OrganizationRecord[], form: URLSearchParams): OrganizationRecord | undefined {
  return choices.find(({ id }) => id === form.get('organization'));
}
