import type { TenantLog } from '../logs/tenant-log.ts';
import { objectOf } from '../store/json-value.ts';
import type { StoredRecord } from '../store/record-table.ts';
import { priorityOf } from './network-acl.ts';

/** Requests of one page arrive within milliseconds: they are one entry. */
const WINDOW_MS = 1000;

interface Count {
  readonly list: StoredRecord;
  readonly began: Date;
  requests: number;
}

/** Counts the requests that lists match, and writes an entry a second for each list that matched any. */
export interface NetworkAclLog {
  count(list: StoredRecord): void;
  /** Writes what was counted so far. */
  flush(): void;
  /** Drops what was counted so far: its lists may be gone. */
  forget(): void;
}

/**
 * The entries `acls_summary` of the tenant log.
 *
 * @example
 * const summaries = networkAclLog(log, 'localhost:4000');
 * summaries.count(list);
 * @see https://auth0.com/docs/secure/tenant-access-control-list/tenant-log-event-reference
 */
export function networkAclLog(log: TenantLog, hostname: string): NetworkAclLog {
  const counts = new Map<string, Count>();
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const ended = [...counts.values()];
    counts.clear();
    for (const { list, began, requests } of ended) {
      log.write({
        type: 'acls_summary',
        description: `Network ACL "${String(list.members.description)}" matched ${requests} ${requests === 1 ? 'request' : 'requests'}.`,
        hostname,
        details: {
          acls_summary: {
            acl_id: list.id,
            description: list.members.description ?? '',
            priority: priorityOf(list),
            action: objectOf(objectOf(list.members.rule).action),
            match: { success: requests },
            total_request_count: { successes: requests },
            start_time: began.toISOString(),
            end_time: new Date().toISOString(),
          },
        },
      });
    }
  };
  return {
    count(list) {
      const known = counts.get(list.id);
      if (known === undefined) counts.set(list.id, { list, began: new Date(), requests: 1 });
      else known.requests += 1;
      timer ??= setTimeout(flush, WINDOW_MS).unref();
    },
    flush,
    forget() {
      clearTimeout(timer);
      timer = undefined;
      counts.clear();
    },
  };
}
