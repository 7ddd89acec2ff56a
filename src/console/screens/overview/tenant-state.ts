import type { Management } from 'auth0';
import { manage, readDocument } from '../../management/tenant-requests.ts';
import { pageSettings } from '../../page-settings.ts';
import type { GateDocument } from '../gate/gate-document.ts';
import type { TenantState } from './findings.ts';
import type { Overview } from './overview-document.ts';

/** Everything that the overview shows. */
export interface OverviewContent extends TenantState {
  readonly overview: Overview;
  readonly changes: readonly Management.Log[];
  readonly hasApplication: boolean;
  readonly hasUser: boolean;
  readonly hasLogin: boolean;
}

/** Number of latest changes. */
const CHANGES = 6;

/** Reads the state of the tenant. */
export async function readOverview(days: number, signal: AbortSignal): Promise<OverviewContent> {
  const [overview, logins, changes, clients, users, { actions = [] }, gate] = await Promise.all([
    readDocument<Overview>('overview', { days }, signal),
    readDocument<{ logins: readonly unknown[] }>('logins', {}, signal),
    manage.get<Management.Log[]>('logs', { per_page: CHANGES, q: 'type:sapi' }, signal),
    manage.get<Management.Client[]>(
      'clients',
      { per_page: 2, is_global: false, app_type: 'regular_web,spa,native' },
      signal,
    ),
    manage.get<unknown[]>('users', { per_page: 1 }, signal),
    manage.get<Management.ListActionsPaginatedResponseContent>('actions/actions', { per_page: 100 }, signal),
    pageSettings.documents.includes('gate') ? readDocument<GateDocument | null>('gate', {}, signal) : undefined,
  ]);
  const triggers = [
    ...new Set(actions.flatMap(({ supported_triggers = [] }) => supported_triggers.map(({ id }) => id))),
  ];
  const flows = await Promise.all(
    triggers.map((trigger) =>
      manage.get<Management.ListActionBindingsPaginatedResponseContent>(
        `actions/triggers/${trigger}/bindings`,
        { per_page: 100 },
        signal,
      ),
    ),
  );
  const bound = new Map(
    triggers.map((trigger, index) => [trigger, (flows[index]?.bindings ?? []).map(({ action }) => action?.id ?? '')]),
  );
  return {
    overview,
    changes,
    actions,
    bound,
    gate,
    hasApplication: clients.length > 0,
    hasUser: users.length > 0,
    hasLogin: logins.logins.length > 0,
  };
}
