import { setTimeout as pause } from 'node:timers/promises';
import type { Management, ManagementClient } from 'auth0';

/** The maximum number of entries per request. */
const PAGE = 100;
const POLL_MS = 2000;

export interface LogReading {
  /** The time of the earliest entry. */
  readonly since: Date;
  /** Whether to continue with new entries. */
  readonly follow: boolean;
  readonly signal?: AbortSignal;
  readonly pollMs?: number;
}

/**
 * Reads a tenant's log page by page, the earliest entry first. The first entry is found by a search, and the others are read
 * by checkpoint from there. Auth0 recommends this for callers that must not miss an entry.
 *
 * Source: Auth0 docs, "Retrieve Log Events Using the Management API" (by checkpoint: `from` and `take`).
 *
 * @throws {ManagementError} of the `auth0` package, if the tenant refuses a call
 * @example
 * for await (const entries of readLog(management, { since: new Date(Date.now() - 3_600_000), follow: false })) show(entries);
 */
export async function* readLog(
  management: ManagementClient,
  { since, follow, signal, pollMs = POLL_MS }: LogReading,
): AsyncGenerator<readonly Management.Log[]> {
  let last: string | undefined;
  for (;;) {
    const entries: readonly Management.Log[] =
      last === undefined
        ? await ask(management, { q: `date:[${since.toISOString()} TO *]`, sort: 'date:1', per_page: 1 }, signal)
        : await ask(management, { from: last, take: PAGE, include_totals: false }, signal);
    if (entries.length > 0) yield entries;
    const found = last === undefined && entries.length > 0;
    last = entries.at(-1)?.log_id ?? last;
    if (found || entries.length === PAGE) continue;
    if (!follow) return;
    await pause(pollMs, undefined, signal === undefined ? {} : { signal });
  }
}

async function ask(
  management: ManagementClient,
  queryParams: Record<string, unknown>,
  signal: AbortSignal | undefined,
): Promise<Management.Log[]> {
  // The parameters of the SDK's method include neither the search nor the checkpoint.
  const page = await management.logs.list({}, { queryParams, ...(signal !== undefined && { abortSignal: signal }) });
  const body: unknown = page.response;
  if (Array.isArray(body)) return body;
  return page.data;
}
