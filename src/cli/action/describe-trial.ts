import type { TrialReport } from '../../tenant/actions/library/action-trial.ts';
import type { Colours } from '../colours.ts';
import { printable } from '../printable.ts';

/**
 * Describes the run of an Action for the terminal.
 *
 * @param hint the remedy for an error
 * @example
 * terminal.stdout.write(describeTrial(report, colours));
 */
export function describeTrial(report: TrialReport, colours: Colours, hint?: string): string {
  const { handler, duration, bootDuration } = report;
  const title = `${outcomeOf(report, colours)}  ${colours.dim(`${handler}, ${ms(duration)} (start ${ms(bootDuration)})`)}`;
  const sections = [
    locationOf(report, colours, hint),
    section('console', consoleOf(report, colours), colours),
    section('calls', callsOf(report), colours),
    section('requests', requestsOf(report), colours),
    section('ID token', claimsOf(report.idTokenClaims), colours),
    section('access token', [...claimsOf(report.accessTokenClaims), ...scopesOf(report)], colours),
    section('left out of the tokens', droppedOf(report), colours),
    section('user_metadata', claimsOf(report.userMetadata), colours),
    section('app_metadata', claimsOf(report.appMetadata), colours),
    section('transaction metadata', claimsOf(report.transactionMetadata), colours),
    section('session', claimsOf(report.session), colours),
    section('refresh token', claimsOf(report.refreshToken), colours),
    section('primary user', report.primaryUser === undefined ? [] : [printable(report.primaryUser)], colours),
  ];
  return ['', `  ${title}`, ...sections.flat(), '', ''].join('\n');
}

/** The outcome of a run that continues, for triggers other than the login's. */
const CONTINUES: Readonly<Record<string, string>> = {
  onExecuteCredentialsExchange: 'the token is issued',
  onExecutePreUserRegistration: 'the user is created',
  onExecutePostUserRegistration: 'done',
  onExecutePostChangePassword: 'done',
};

function denialOf({ reason, code, userMessage }: Extract<TrialReport['outcome'], { kind: 'deny' }>): string {
  const forUser = userMessage === undefined ? '' : ` (the person reads: ${printable(userMessage)})`;
  return `${code === undefined ? '' : `${printable(code)}, `}${printable(reason)}${forUser}`;
}

function outcomeOf({ handler, outcome }: TrialReport, colours: Colours): string {
  switch (outcome.kind) {
    case 'continue':
      return colours.green(CONTINUES[handler] ?? 'the login continues');
    case 'deny':
      return `${colours.yellow('refused')}: ${denialOf(outcome)}`;
    case 'redirect':
      return `${colours.cyan('redirected to')} ${printable(outcome.url)}`;
    case 'factors':
      return `${colours.cyan('asks for a factor')}: ${outcome.asked.map(factorOf).join(', then ')}`;
    case 'error':
      return `${colours.red('failed')}: ${printable(outcome.error.name)}: ${linesOf(outcome.error.message).join('\n    ')}`;
  }
}

const FRAMES = 5;

/** The place of an error: only frames of the Action and its packages, without those of Node.js and the sandbox. */
function locationOf({ outcome }: TrialReport, colours: Colours, hint: string | undefined): string[] {
  if (outcome.kind !== 'error') return [];
  const { stack = '' } = outcome.error;
  // In a stack, a syntax error is preceded by its line number, the code and a mark below the code.
  const [, above = ''] = /^(action\.js:\d+\n[\s\S]*?)\n\n/.exec(stack) ?? [];
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line) && !/\bnode:/.test(line));
  const lines = [...(above === '' ? [] : above.split('\n')), ...frames.slice(0, FRAMES).map((line) => line.trim())];
  return [
    ...lines.map((line) => `    ${colours.dim(printable(line.replaceAll('\t', ' ')))}`),
    ...(hint === undefined ? [] : [`    ${hint}`]),
  ];
}

function factorOf(asked: Extract<TrialReport['outcome'], { kind: 'factors' }>['asked'][number]): string {
  const factors = asked.factors.map(printable).join(' or ');
  if (asked.kind === 'require') return `at the end ${factors}`;
  return `${asked.choose ? 'a choice of ' : ''}${asked.kind === 'enroll' ? 'enrolment in ' : ''}${factors}`;
}

function section(title: string, lines: readonly string[], colours: Colours): string[] {
  return lines.length === 0 ? [] : ['', `  ${colours.bold(title)}`, ...lines.map((line) => `    ${line}`)];
}

function consoleOf({ console }: TrialReport, colours: Colours): string[] {
  const isCut = console.some(({ kept }) => kept !== undefined);
  const lines = console.flatMap(({ level, text, kept = text.length }) => {
    const paint = level === 'error' || level === 'warn' ? colours.yellow : (line: string) => line;
    // The part beyond the limit is marked without colours as well.
    return [
      ...linesOf(text.slice(0, kept)).map((line) => paint(line)),
      ...linesOf(text.slice(kept)).map((line) => colours.dim(`~ ${line}`)),
    ];
  });
  return isCut ? [...lines, colours.dim('~ marks what Auth0 would cut off: it keeps 256 characters of a run.')] : lines;
}

function callsOf({ calls }: TrialReport): string[] {
  return calls.map(({ method, arguments: args }) => {
    const texts = args.map((one) => shorten(JSON.stringify(one))).join(', ');
    return `api.${printable(method)}(${texts})`;
  });
}

function requestsOf({ requests }: TrialReport): string[] {
  return requests.map(({ method, host, status, error, duration_ms }) => {
    const end = duration_ms === undefined ? 'no answer' : `${status ?? printable(error ?? '')}, ${ms(duration_ms)}`;
    return `${printable(method)} ${printable(host)}: ${end}`;
  });
}

function claimsOf(claims: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(claims).map(([name, value]) => `${printable(name)}: ${shorten(JSON.stringify(value))}`);
}

function scopesOf({ addedScopes, removedScopes }: TrialReport): string[] {
  return [
    ...addedScopes.map((scope) => `+ scope ${printable(scope)}`),
    ...removedScopes.map((scope) => `- scope ${printable(scope)}`),
  ];
}

function droppedOf({ droppedClaims }: TrialReport): string[] {
  return droppedClaims.map(({ token, claim, reason }) => `${printable(claim)} (${token}): ${printable(reason)}`);
}

function linesOf(text: string): string[] {
  return text === '' ? [] : text.split('\n').map(printable);
}

const MAX_LENGTH = 300;

function shorten(text: string | undefined): string {
  const whole = printable(text ?? 'undefined');
  return whole.length > MAX_LENGTH ? `${whole.slice(0, MAX_LENGTH)}… (${whole.length} characters)` : whole;
}

function ms(duration: number): string {
  return `${duration < 10 ? duration.toFixed(1) : Math.round(duration)} ms`;
}
