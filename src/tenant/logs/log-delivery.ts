import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type JsonObject, objectOf } from '../store/json-value.ts';
import type { StoredRecord } from '../store/record-table.ts';
import type { LogRecord } from '../store/records/logs/log-record.ts';
import type { Store } from '../store/store.ts';
import { logAnswer } from './log-answer.ts';
import { logCategory } from './log-category.ts';
import { logIdAt, type TenantLog } from './tenant-log.ts';
import { isOnThisMachine, postToWebhook } from './webhook.ts';

export interface LogStreamsOptions {
  readonly store: Store;
  readonly log: TenantLog;
  /** PEM file of a certificate authority that is trusted in addition to the public ones. */
  readonly caFile: string;
  /** Milliseconds before the first repetition of a delivery that failed; each further one waits twice as long. */
  readonly retryAfterMs?: number;
}

const STREAMS = { kind: '/log-streams' };
const CURSOR = 'log stream cursor';
const BATCH = 100;
const ATTEMPTS = 4;
/** Entries of one login are written within milliseconds: they are sent together. */
const GATHER_MS = 50;

/**
 * Delivers the log to the webhooks of active log streams whose endpoint is on this machine. No other endpoint is ever contacted. A stream
 * remembers how far it has got, so that nothing is lost when the tenant stops. A batch that cannot be delivered is dropped after some
 * attempts, with a warning in the log.
 *
 * @returns a function that ends deliveries.
 * @example
 * const stop = startLogStreams({ store, log, caFile });
 * @see https://auth0.com/docs/customize/log-streams/custom-log-streams
 */
export function startLogStreams(options: LogStreamsOptions): () => Promise<void> {
  const { store, log } = options;
  const ending = new AbortController();
  const running = new Map<string, Promise<void>>();
  const local = () => store.records.at(STREAMS).filter(({ members }) => isDelivered(members));
  let gathering: NodeJS.Timeout | undefined;

  function deliverSoon(): void {
    if (gathering !== undefined || ending.signal.aborted || local().length === 0) return;
    gathering = setTimeout(() => {
      gathering = undefined;
      for (const { id } of local()) {
        if (running.has(id)) continue;
        const delivery = deliver(options, id, ending.signal)
          .catch((error: unknown) => process.emitWarning(error instanceof Error ? error : String(error)))
          .finally(() => running.delete(id));
        running.set(id, delivery);
      }
    }, GATHER_MS);
    gathering.unref();
  }

  const unsubscribe = log.subscribe(deliverSoon);
  deliverSoon();
  return async () => {
    unsubscribe();
    clearTimeout(gathering);
    ending.abort();
    await Promise.all(running.values());
  };
}

/** Delivers everything that a stream has not delivered yet. */
async function deliver(options: LogStreamsOptions, id: string, ending: AbortSignal): Promise<void> {
  const { store } = options;
  for (;;) {
    const stream = store.records.find(STREAMS, id);
    if (stream === undefined || !isDelivered(stream.members)) return;
    const { rows } = store.logs.list({ from: cursorOf(store, stream) }, { page: 0, perPage: BATCH });
    const last = rows.at(-1);
    if (last === undefined) return;
    const matching = rows.filter((record) => !isOwnWarning(record) && isWanted(stream.members, record.type));
    if (matching.length > 0) await send(options, stream, matching, ending);
    if (ending.aborted) return;
    // The stream may have been removed while its batch was on the way.
    if (store.records.find(STREAMS, id) === undefined) return;
    store.records.put({ kind: CURSOR, parent: `log-streams/${id}` }, CURSOR, { after: last.log_id });
  }
}

async function send(
  { caFile, log, retryAfterMs = 1000 }: LogStreamsOptions,
  { id, members }: StoredRecord,
  entries: readonly LogRecord[],
  ending: AbortSignal,
): Promise<void> {
  const sink = objectOf(members.sink);
  const message = { url: String(sink.httpEndpoint), headers: headersOf(sink), body: bodyOf(sink, entries) };
  for (let attempt = 0; ; attempt += 1) {
    try {
      await postToWebhook(message, caFile, ending);
      return;
    } catch (error) {
      if (ending.aborted) return;
      if (attempt + 1 < ATTEMPTS) {
        await wait(retryAfterMs * 2 ** attempt, undefined, { ref: false, signal: ending }).catch(() => undefined);
        continue;
      }
      const count = entries.length === 1 ? 'One log entry was' : `${entries.length} log entries were`;
      log.write({
        type: 'w',
        description: `${count} not delivered to the log stream "${members.name}": ${reasonOf(error, caFile)}`,
        strategy: '',
        strategy_type: '',
        details: { log_stream: id },
      });
      return;
    }
  }
}

/** A warning about a delivery is not delivered itself: it would fail as well, and cause the next. */
function isOwnWarning({ type, details }: LogRecord): boolean {
  return type === 'w' && objectOf(details).log_stream !== undefined;
}

function reasonOf(error: unknown, caFile: string): string {
  if (!(error instanceof Error)) return String(error);
  const { code = '' } = error as NodeJS.ErrnoException;
  if (!/SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/.test(code)) return error.message;
  return `its certificate is not trusted. Let the webhook use the tenant's own, with its key: ${join(dirname(caFile), 'server.pem')}`;
}

function cursorOf(store: Store, { id, created_at, members }: StoredRecord): string {
  const stored = store.records.find({ kind: CURSOR, parent: `log-streams/${id}` }, CURSOR)?.members.after;
  if (typeof stored === 'string') return stored;
  const named = typeof members.startFrom === 'string' ? new Date(members.startFrom) : new Date(created_at);
  const start = Number.isNaN(named.getTime()) ? new Date(created_at) : named;
  return String(BigInt(logIdAt(start)) - 1n);
}

/** Whether the stream is a webhook on this machine, and active. */
function isDelivered({ type, status, sink }: JsonObject): boolean {
  if (type !== 'http' || status !== 'active') return false;
  return isOnThisMachine(String(objectOf(sink).httpEndpoint));
}

function isWanted({ filters, isPriority }: JsonObject, type: string): boolean {
  // A prioritised stream has the security events, whatever its filters say.
  if (isPriority === true) return /^(limit_|api_limit|pwd_leak|signup_pwd_leak)/.test(type);
  if (!Array.isArray(filters) || filters.length === 0) return true;
  const category = logCategory(type);
  return filters.some((filter) => objectOf(filter).name === category);
}

function headersOf({ httpContentType, httpAuthorization, httpCustomHeaders }: JsonObject): Record<string, string> {
  const custom = Array.isArray(httpCustomHeaders) ? httpCustomHeaders.map(objectOf) : [];
  return {
    ...Object.fromEntries(custom.map(({ header, value }) => [String(header), String(value ?? '')])),
    'content-type': typeof httpContentType === 'string' ? httpContentType : 'application/json',
    ...(typeof httpAuthorization === 'string' && { authorization: httpAuthorization }),
  };
}

function bodyOf({ httpContentFormat }: JsonObject, entries: readonly LogRecord[]): string {
  const events = entries.map((record) => ({ log_id: record.log_id, data: logAnswer(record) }));
  if (httpContentFormat === 'JSONARRAY') return JSON.stringify(events);
  if (httpContentFormat === 'JSONOBJECT') return JSON.stringify({ logs: events });
  return `${events.map((event) => JSON.stringify(event)).join('\n')}\n`;
}
