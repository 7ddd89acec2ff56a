import { consoleRegistration } from '../../administrator/console-access.ts';
import type { JsonObject } from '../../store/json-value.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import type { Operation } from '../operation.ts';
import { effectiveOperations } from '../resources/single-operations.ts';

const month = 30 * 24 * 60 * 60 * 1000;
/** Log types that are counted: a login, and a new account. */
const counted = { s: 'logins', ss: 'signups' } as const;

/** Usage of the tenant: `/stats`. */
export function statsOperations({ store }: ManagementDependencies): Operation[] {
  return effectiveOperations(
    { store },
    {
      'GET /stats/active-users': {
        handle: () =>
          store.users.countActiveSince(new Date(Date.now() - month).toISOString(), consoleRegistration(store)?.userId),
      },
      'GET /stats/daily': {
        handle: ({ query }) => {
          const to = typeof query.to === 'string' ? query.to : compact(Date.now());
          const from = query.from ?? compact(Date.parse(dashed(to)) - month);
          const counts = store.logs.countByDay(Object.keys(counted), from, to);
          return [...Map.groupBy(counts, ({ day }) => day)].map(dailyAnswer);
        },
      },
    },
  );
}

/** A day with at least one event. */
function dailyAnswer([day, counts]: [string, { type: string; count: number }[]]): JsonObject {
  const date = `${dashed(day)}T00:00:00.000Z`;
  const count = (wanted: keyof typeof counted) => counts.find(({ type }) => type === wanted)?.count ?? 0;
  return {
    date,
    created_at: date,
    updated_at: date,
    logins: count('s'),
    signups: count('ss'),
    leaked_passwords: 0,
  };
}

function compact(time: number): string {
  return new Date(time).toISOString().slice(0, 10).replaceAll('-', '');
}

function dashed(day: string): string {
  return day.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
}
