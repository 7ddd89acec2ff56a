import { countDecision, noDecisions } from '../../deployment/decisions/decision-stats.ts';
import { gateHistory } from '../../deployment/decisions/gate-history.ts';
import type { LoginDecision } from '../../deployment/decisions/login-decision.ts';
import { readDecisions } from '../../deployment/decisions/read-decisions.ts';
import { coloursFor } from '../colours.ts';
import { EXIT_STATUS, type ExitStatus } from '../exit-status.ts';
import { explainManagementError } from '../explain-management-error.ts';
import { printable } from '../printable.ts';
import { startProgress } from '../progress.ts';
import { listenForStop } from '../stop-signal.ts';
import type { Terminal } from '../terminal.ts';
import { describeDecision, describeStats } from './describe-decision.ts';
import { countOf } from './gathering-progress.ts';
import { tenantTarget } from './tenant-target.ts';

/** The options of `portcullis logs`. */
export interface LogsCommandOptions {
  readonly since?: Date;
  readonly follow?: boolean;
  readonly stats?: boolean;
  readonly only?: 'let-in' | 'refused' | 'errors';
  readonly user?: string;
  readonly config?: string;
  readonly json?: boolean;
}

const DAY = 86_400_000;
/** Milliseconds before now from which `--follow` begins, so that a little of what came before is visible. */
const BEFORE_FOLLOWING = 600_000;
const OUTCOMES = { 'let-in': 'admit', refused: 'refuse', errors: 'error' } as const;

/** Prints each decision, or a summary. */
export async function runLogs(options: LogsCommandOptions, terminal: Terminal): Promise<ExitStatus> {
  const { management, domain } = await tenantTarget(options.config, terminal);
  const since = options.since ?? new Date(Date.now() - (options.follow ? BEFORE_FOLLOWING : DAY));
  const follow = options.follow === true;
  const stop = listenForStop(terminal);
  const progress = startProgress(terminal.stderr);
  const colours = coloursFor(terminal);
  const stats = noDecisions();
  const matches = filterOf(options);
  const show = (text: string) => terminal.stdout.write(text);
  try {
    const history = await gateHistory(management);
    if (!options.json) {
      const waiting = follow ? '  New logins appear here. Ctrl-C stops.\n' : '';
      show(`\n  Tenant ${colours.bold(printable(domain))} since ${since.toISOString()}\n${waiting}\n`);
    }
    let count = 0;
    const onEntries = (read: number) => {
      if (!follow) progress.show(`${countOf(read)} log entries read`);
    };
    for await (const decisions of readDecisions(management, history, {
      since,
      follow,
      signal: stop.abortSignal,
      onEntries,
    })) {
      progress.end();
      for (const decision of decisions.filter(matches)) {
        count += 1;
        countDecision(stats, decision);
        if (!options.stats) show(`${options.json ? JSON.stringify(decision) : describeDecision(decision, colours)}\n`);
      }
    }
    progress.end();
    if (options.stats) showStats();
    else if (!options.json) show(count === 0 ? '  No login at a guarded application.\n\n' : '\n');
    return EXIT_STATUS.ok;
  } catch (error) {
    progress.end();
    if (!stop.requested) throw explainManagementError(error, domain);
    if (options.stats) showStats();
    return await stop.statusWhenStopped();
  } finally {
    progress.end();
    stop.ignore();
  }

  /** Prints the summary, even if the user stopped the command: the counts until then are what they waited for. */
  function showStats(): void {
    if (options.json) show(`${JSON.stringify({ domain, since: since.toISOString(), ...stats })}\n`);
    else show(`${describeStats(stats, colours).join('\n')}\n\n`);
  }
}

function filterOf({ only, user }: LogsCommandOptions): (decision: LoginDecision) => boolean {
  const part = user?.toLowerCase();
  return ({ outcome, userId, userName }) => {
    if (only !== undefined && outcome !== OUTCOMES[only]) return false;
    return part === undefined || [userId, userName].some((text) => text?.toLowerCase().includes(part));
  };
}
