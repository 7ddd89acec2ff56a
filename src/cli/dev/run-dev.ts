import { resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { MistakeName } from '../../apex/stand-in/classic-mistake.ts';
import type { StandInEvent } from '../../apex/stand-in/stand-in-event.ts';
import { type Configuration, loadConfiguration } from '../../configuration/load-configuration.ts';
import { explain } from '../../policy/explain.ts';
import { Problem } from '../../problem/problem.ts';
import { coloursFor } from '../colours.ts';
import { EXIT_STATUS, type ExitStatus } from '../exit-status.ts';
import { readGeoip } from '../geoip-file.ts';
import { describeError, errorAsJson } from '../report-error.ts';
import { listenForStop, type StopSignal } from '../stop-signal.ts';
import type { Terminal } from '../terminal.ts';
import { type ChosenConfiguration, chooseConfiguration } from './example-configuration.ts';
import { expectedDecision } from './expected-decision.ts';
import { type LocalGate, type LocalGateOptions, startLocalGate } from './local-gate.ts';
import type { Decider } from './local-stand-in.ts';
import { loginLine } from './login-line.ts';
import { type Login, watchLogins } from './logins.ts';
import { signEverybodyIn } from './once.ts';
import { onceTable } from './once-table.ts';
import { openBrowser } from './open-browser.ts';
import { schemeKnobs } from './scheme-knobs.ts';
import { standInLine } from './stand-in-line.ts';
import { contentOf, watchFile } from './watch-file.ts';
import { peopleTable, welcome } from './welcome.ts';

/** What was typed behind `portcullis dev`. */
export interface DevOptions {
  readonly config?: string;
  readonly once?: boolean;
  readonly open?: boolean;
  readonly json?: boolean;
  readonly data?: string;
  readonly port?: number;
  readonly httpPort?: number;
  readonly appPort?: number;
  /** A web console at the tenant: unless it was turned off. */
  readonly console?: boolean;
  /** An exported authentication scheme that the stand-in follows. */
  readonly scheme?: string;
  readonly decide?: Decider;
  readonly mistake?: MistakeName;
  /** Whether Actions run on the Node.js of their runtime; on this one unless asked, so that the gate needs no network. */
  readonly fetchNode?: boolean;
  /** Where this machine is. */
  readonly geoip?: string;
}

/** Where people find things when nothing else was said. */
const DEFAULT_PORTS = { tenant: 4000, loopback: 4001, standIn: 4040 } as const;

/** How long a signal may take to arrive after another process has ended by it. */
const SIGNAL_MS = 100;

/** Runs the gate: until it is stopped, or once through the whole cast. */
export async function runDev(options: DevOptions, terminal: Terminal): Promise<ExitStatus> {
  if (options.once) checkOnce(options);
  const configuration = chooseConfiguration(options.config, terminal.folder);
  // Read before the policy is, so that an edit while the gate starts is not missed.
  const content = await contentOf(configuration.file);
  const loaded = await loadConfiguration({ path: configuration.file });
  const settings = await gateSettings(options, loaded, terminal.folder);
  const signal = listenForStop(terminal);
  const run: Run = { options, terminal, signal, settings };
  try {
    return await (options.once ? runOnce(run) : runUntilStopped(run, { ...configuration, content }));
  } catch (error) {
    // A terminal sends Ctrl-C to esbuild and the Actions as well: that they ended is no failure then. Their end may be
    // noticed before the signal is.
    if (!signal.requested) await setTimeout(SIGNAL_MS);
    if (!signal.requested) throw error;
    return EXIT_STATUS.interrupted;
  } finally {
    signal.ignore();
  }
}

/** One run of the command. */
interface Run {
  readonly options: DevOptions;
  readonly terminal: Terminal;
  readonly signal: StopSignal;
  readonly settings: Omit<LocalGateOptions, 'tenantPort' | 'loopbackPort' | 'standInPort'>;
}

/** The table compares with what the Action was to decide: of a mistake, or without an Action, it would say nothing. */
function checkOnce({ mistake, decide }: DevOptions): void {
  const option = mistake === undefined ? (decide === 'apex' ? '--decide apex' : undefined) : '--mistake';
  if (option === undefined) return;
  const message = `${option} cannot be used with --once, which compares each login with what the Action was to decide.`;
  throw new Problem('options_conflict', message, 'Leave out --once, and sign in with a browser.');
}

/** The configuration, and what was in the file when it was loaded. */
interface LoadedConfiguration extends ChosenConfiguration {
  readonly content: string | undefined;
}

async function runOnce({ options, terminal, signal, settings }: Run): Promise<ExitStatus> {
  const events: { last?: StandInEvent } = {};
  // Nobody types these addresses, so it takes free ports and runs beside a gate that is up already.
  const gate = await startLocalGate({
    ...settings,
    tenantPort: options.port ?? 0,
    loopbackPort: options.httpPort ?? 0,
    standInPort: options.appPort ?? 0,
    onStandInEvent: (event) => {
      events.last = event;
    },
  });
  try {
    const rows = await signEverybodyIn(gate, gate.policy(), events, () => signal.requested);
    if (signal.requested) return EXIT_STATUS.interrupted;
    terminal.stdout.write(
      options.json ? `${JSON.stringify(rows, null, 2)}\n` : `\n${onceTable(rows, coloursFor(terminal))}`,
    );
    return rows.every((row) => row.differences.length === 0) ? EXIT_STATUS.ok : EXIT_STATUS.different;
  } finally {
    await gate.close();
  }
}

async function runUntilStopped(run: Run, configuration: LoadedConfiguration): Promise<ExitStatus> {
  const { options, terminal, signal, settings } = run;
  const gate = await startLocalGate({
    ...settings,
    tenantPort: options.port ?? DEFAULT_PORTS.tenant,
    loopbackPort: options.httpPort ?? DEFAULT_PORTS.loopback,
    standInPort: options.appPort ?? DEFAULT_PORTS.standIn,
    console: options.console ?? true,
    onStandInEvent: (event) => {
      const line = standInLine(event, coloursFor(terminal));
      if (line !== undefined) printer(options, terminal)(line, { event: 'apex', ...event });
    },
  });
  const stops: (() => void)[] = [];
  const close = async () => {
    for (const stop of stops) stop();
    await gate.close();
  };
  try {
    // After Ctrl-C meanwhile no welcome is needed.
    if (!signal.requested) stops.push(...receive(gate, configuration, options, terminal));
  } catch (error) {
    await close();
    throw error;
  }
  return await signal.closeWhenStopped(close);
}

/** Says that the gate is up, then tells of every login and every edit. Answers how to stop that. */
function receive(
  gate: LocalGate,
  configuration: LoadedConfiguration,
  options: DevOptions,
  terminal: Terminal,
): (() => void)[] {
  const colours = coloursFor(terminal);
  const print = printer(options, terminal);
  print(welcome(gate, configuration, options, colours), readyMessage(gate, configuration, options));
  const names = new Map<string, string>();
  const stopLogins = watchLogins(gate.tenant, async (login) => {
    const who = await nameOf(login, gate, names);
    const width = Math.max(...gate.cast.map(({ email }) => email.length));
    print(loginLine(login, who, width, colours), { event: 'login', who, ...login });
  });
  const stopWatching = watchFile(
    configuration.file,
    configuration.content,
    serially(() => putAgain(gate, configuration, print, terminal, options.json)),
  );
  if (options.open) openBrowser(gate.standIn.homeUrl);
  return [stopLogins, stopWatching];
}

/** Tells a person, or a program with `--json`, what has happened. */
type Print = (text: string, value: unknown) => void;

function printer({ json }: DevOptions, { stdout }: Terminal): Print {
  return (text, value) => stdout.write(json ? `${JSON.stringify(value)}\n` : `${text}\n`);
}

/** What was asked for of tenant and application, beside their addresses. */
async function gateSettings(options: DevOptions, { policy, apex }: Configuration, folder: string) {
  const { data, scheme, decide, mistake, fetchNode, geoip } = options;
  const signedOut = apex?.signedOutPage === undefined ? {} : { signedOutPage: apex.signedOutPage };
  const standsFor = { landingPage: policy.landingPage, ...signedOut };
  return {
    policy,
    ...(data === undefined ? {} : { dataFolder: resolve(folder, data) }),
    ...(scheme === undefined ? {} : { standInKnobs: await schemeKnobs(scheme, folder), standsFor }),
    ...(decide === undefined ? {} : { decide }),
    ...(mistake === undefined ? {} : { mistake }),
    ...(fetchNode === undefined ? {} : { fetchNode }),
    ...(geoip === undefined ? {} : { loopbackGeoip: await readGeoip(geoip, folder) }),
  };
}

/** The first line of `dev --json`; the others are logins and policies as they come. */
function readyMessage(gate: LocalGate, configuration: ChosenConfiguration, { decide, mistake, scheme }: DevOptions) {
  const { tenant, standIn } = gate;
  return {
    event: 'ready',
    application: { homeUrl: standIn.homeUrl, landingPageUrl: standIn.landingPageUrl, clientId: gate.clientId },
    tenant: { url: tenant.url, loopbackUrl: tenant.loopbackUrl, domain: tenant.domain, caFile: tenant.caFile },
    ...(tenant.console && { console: tenant.console }),
    policy: configuration.file,
    decide,
    ...(scheme === undefined ? {} : { scheme }),
    ...(mistake === undefined ? {} : { mistake }),
    cast: castMessage(gate),
  };
}

/** The cast, and what the policy says of each in one sentence. */
function castMessage(gate: LocalGate) {
  return gate.cast.map((person) => ({
    ...person,
    expected: explain(expectedDecision(gate.policy(), gate.clientId, person)),
  }));
}

/** The policy's Action knows ids; a person knows addresses. */
async function nameOf(login: Login, gate: LocalGate, names: Map<string, string>): Promise<string> {
  if (login.kind !== 'decided') return login.user;
  const { user: id } = login.line;
  const known = names.get(id);
  if (known !== undefined) return known;
  try {
    const user = await gate.management.users.get(id);
    const name = user.email ?? id;
    names.set(id, name);
    return name;
  } catch {
    return id;
  }
}

/** Puts the edited policy to work. A broken one is shown, and the policy from before stays. */
async function putAgain(
  gate: LocalGate,
  configuration: ChosenConfiguration,
  print: Print,
  terminal: Terminal,
  json?: boolean,
): Promise<void> {
  const colours = coloursFor(terminal);
  const before = peopleTable(gate, colours);
  try {
    const { policy } = await loadConfiguration({ path: configuration.file });
    const { changes } = await gate.put(policy);
    const what = changes.length === 0 ? 'nothing changed by it' : 'at work from the next login on';
    const people = peopleTable(gate, colours);
    const news = people === before ? '' : `\n\n${people}\n`;
    print(`${colours.cyan('policy')}  read again: ${what}${news}`, {
      event: 'policy',
      changes,
      cast: castMessage(gate),
    });
  } catch (error) {
    const { stdout, stderr, environment } = terminal;
    const failure = describeError(error, coloursFor(terminal, stderr), environment);
    stderr.write(`${failure}  The policy from before stays at work.\n`);
    if (json) stdout.write(`${JSON.stringify({ event: 'policy', error: errorAsJson(error) })}\n`);
  }
}

/** One at a time; whatever comes in meanwhile is done once more afterwards. */
function serially(work: () => Promise<void>): () => void {
  let running = false;
  let again = false;
  const run = async () => {
    if (running) {
      again = true;
      return;
    }
    running = true;
    do {
      again = false;
      await work();
    } while (again);
    running = false;
  };
  return () => void run();
}
