import type { ManagementClient } from 'auth0';
import { ADDED_KEY } from '../added-urls.ts';
import {
  type DesiredState,
  GATE_NAME,
  GATE_RUNTIME,
  GATE_SCOPES,
  GATE_SECRET,
  GATE_TRIGGER,
  MARKER,
  managementAudience,
} from '../desired-state.ts';
import { flowWith } from '../plan/login-flow.ts';
import { wantedBundle } from '../plan/plan-action.ts';
import type { TenantSnapshot } from '../tenant-snapshot.ts';
import type { ExportedFile, ExportedState } from './exported-file.ts';
import { readOurRoles } from './read-our-roles.ts';
import { refuseKeywords } from './refuse-keywords.ts';
import { wantedApplications } from './wanted-applications.ts';

/** The placeholder for the secret in the files, which the deploy CLI replaces. */
export const SECRET_KEYWORD = 'PORTCULLIS_CLIENT_SECRET';

/**
 * Exports the desired state as a folder for Auth0's deploy CLI. It contains only what is ours, except for the login flow,
 * which is one list. The Action's code contains the IDs of roles and of its application, so a first export has no Action.
 *
 * Source: Auth0 docs, "Auth0 Deploy CLI: Resource-specific documentation", "Keyword Replacement"; the folder is its directory
 * format.
 *
 * @throws {Problem} `position_unknown`, `keyword_in_policy`
 * @throws {ManagementError} of the `auth0` package, if the tenant refuses a call
 * @example
 * const { files, complete } = await exportDeployCli(management, await readTenant(management, desired), desired);
 */
export async function exportDeployCli(
  management: ManagementClient,
  snapshot: TenantSnapshot,
  desired: DesiredState,
): Promise<ExportedState> {
  refuseKeywords(desired.policy);
  const { applications, added } = wantedApplications(snapshot, desired);
  const roles = await readOurRoles(management, snapshot);
  const files: ExportedFile[] = [
    ...roles.map(({ id: _, ...role }, index) => json(`roles/role-${index + 1}.json`, role)),
    json(`clients/${GATE_NAME}.json`, {
      name: GATE_NAME,
      description: 'Lets the Portcullis Action assign roles at sign-in.',
      app_type: 'non_interactive',
      grant_types: ['client_credentials'],
      token_endpoint_auth_method: 'client_secret_post',
      client_metadata: { ...MARKER, ...(added !== '' && { [ADDED_KEY]: added }) },
    }),
    ...applications.map(({ name, callbacks, allowedLogoutUrls }, index) =>
      json(`clients/guarded-${index + 1}.json`, { name, callbacks, allowed_logout_urls: allowedLogoutUrls }),
    ),
    json(`grants/${GATE_NAME}.json`, {
      client_id: GATE_NAME,
      audience: managementAudience(desired.domain),
      scope: [...GATE_SCOPES],
    }),
  ];
  const bundle = await wantedBundle(snapshot, desired);
  if (bundle === undefined) return { files, complete: false };
  return { files: [...files, ...actionFiles(bundle.code), flowFile(snapshot, desired)], complete: true };
}

function actionFiles(code: string): ExportedFile[] {
  const path = `actions/${GATE_NAME}/code.js`;
  const action = {
    name: GATE_NAME,
    code: `./${path}`,
    runtime: GATE_RUNTIME,
    deployed: true,
    dependencies: [],
    secrets: [{ name: GATE_SECRET, value: `##${SECRET_KEYWORD}##` }],
    supported_triggers: [{ ...GATE_TRIGGER }],
  };
  return [json(`actions/${GATE_NAME}.json`, action), { path, content: code }];
}

function flowFile({ bindings, action }: TenantSnapshot, { position }: DesiredState): ExportedFile {
  const flow = flowWith(bindings, action?.id, position).map((binding) => ({
    action_name: binding?.actionName ?? GATE_NAME,
    display_name: binding?.displayName ?? binding?.actionName ?? GATE_NAME,
  }));
  return json('triggers/triggers.json', { [GATE_TRIGGER.id]: flow });
}

function json(path: string, value: unknown): ExportedFile {
  return { path, content: `${JSON.stringify(value, null, 2)}\n` };
}
