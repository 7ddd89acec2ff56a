import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type DecisionLine, parseDecisionLine } from '../action/decision-line.ts';
import type { Tenant } from '../tenant/tenant.ts';

type Mail = Parameters<Parameters<Tenant['onMail']>[0]>[0];
type LogEntry = Parameters<Parameters<Tenant['onLog']>[0]>[0];
type Execution = Parameters<Parameters<Tenant['onExecution']>[0]>[0];

/** A request that the tenant received. */
export interface RecordedRequest {
  readonly method: string;
  /** The path, without the query. */
  readonly path: string;
  readonly query: string;
  /** Absent while it is being answered, and if the connection was cut. */
  status?: number;
  readonly at: string;
}

/** A name for the work that a request belongs to. */
const LABEL = 'x-portcullis-work';
const labels = new AsyncLocalStorage<string>();

interface Labelled<Record> {
  readonly record: Record;
  readonly label: string | undefined;
}

/** The events on a tenant, in order. */
export interface TenantHistory {
  readonly mails: readonly Mail[];
  logs(label?: string): readonly LogEntry[];
  executions(label?: string): readonly Execution[];
  readonly requests: readonly RecordedRequest[];
  /** Records a request, and names its work by its header. */
  intercept(request: IncomingMessage, response: ServerResponse, next: () => void): void;
  /** The headers of a request that belongs to work of this name. */
  headersOf(label: string): Record<string, string>;
  /** Returns a function that makes the history what it is now. */
  save(): () => void;
  watch(tenant: Tenant): void;
}

/**
 * Creates an empty history. It records what happens on the tenant that it watches.
 *
 * @example
 * const history = createTenantHistory();
 * history.watch(tenant);
 */
export function createTenantHistory(): TenantHistory {
  let mails: Mail[] = [];
  let logs: Labelled<LogEntry>[] = [];
  let executions: Labelled<Execution>[] = [];
  let requests: RecordedRequest[] = [];
  const labelled = <Record>(all: readonly Labelled<Record>[], label: string | undefined) =>
    all.filter((one) => label === undefined || one.label === label).map(({ record }) => record);
  return {
    get mails() {
      return mails;
    },
    get requests() {
      return requests;
    },
    logs: (label) => labelled(logs, label),
    executions: (label) => labelled(executions, label),
    intercept(request, response, next) {
      const { method = 'GET', url = '/' } = request;
      const [path = '/', query = ''] = url.split(/\?(.*)/s);
      const record: RecordedRequest = { method, path, query, at: new Date().toISOString() };
      requests.push(record);
      response.once('finish', () => {
        record.status = response.statusCode;
      });
      const label = request.headers[LABEL];
      delete request.headers[LABEL];
      if (typeof label === 'string') labels.run(label, next);
      else next();
    },
    headersOf: (label) => ({ [LABEL]: label }),
    save() {
      const saved = [[...mails], [...logs], [...executions], [...requests]] as const;
      return () => {
        [mails, logs, executions, requests] = [[...saved[0]], [...saved[1]], [...saved[2]], [...saved[3]]];
      };
    },
    watch(tenant) {
      tenant.onMail((mail) => mails.push(mail));
      tenant.onLog((record) => logs.push({ record, label: labels.getStore() }));
      tenant.onExecution((record) => {
        const entry = { record, label: labels.getStore() };
        // An execution that stopped for a redirect is reported again when it ends.
        const index = executions.findIndex((other) => other.record.id === record.id);
        if (index < 0) executions.push(entry);
        else executions[index] = entry;
      });
    },
  };
}

/** Finds the decision of a policy's Action among executions. */
export function decisionOf(executions: readonly Execution[]): DecisionLine | undefined {
  for (const { results } of [...executions].reverse()) {
    for (const { text } of results.flatMap(({ console }) => console)) {
      const line = parseDecisionLine(text);
      if (line !== undefined) return line;
    }
  }
  return undefined;
}
