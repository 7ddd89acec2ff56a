import { z } from 'zod';
import { consoleRegistration } from '../../administrator/console-access.ts';
import type { JsonObject } from '../../store/json-value.ts';
import { formatted } from '../http/body-schemas.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Operation, operation } from '../operation.ts';

const month = 30 * 24 * 60 * 60 * 1000;
const dayParameter = formatted('yyyymmdd', (text) => /^\d{8}$/.test(text) && !Number.isNaN(Date.parse(dashed(text))));
/** Log types that are counted: a login, and a new account. */
const counted = { s: 'logins', ss: 'signups' } as const;

/** Usage of the tenant: `/stats`. */
export function statsOperations({ store }: ManagementDependencies): Operation[] {
  return [
    operation({
      method: 'GET',
      path: '/stats/active-users',
      handle: () => ({
        status: 200,
        body: store.users.countActiveSince(
          new Date(Date.now() - month).toISOString(),
          consoleRegistration(store)?.userId,
        ),
      }),
    }),
    operation({
      method: 'GET',
      path: '/stats/daily',
      query: z.object({ from: dayParameter.optional(), to: dayParameter.optional() }),
      handle: ({ query }) => {
        const to = query.to ?? compact(Date.now());
        const from = query.from ?? compact(Date.parse(dashed(to)) - month);
        const counts = store.logs.countByDay(Object.keys(counted), from, to);
        return { status: 200, body: [...Map.groupBy(counts, ({ day }) => day)].map(dailyAnswer) };
      },
    }),
  ];
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
