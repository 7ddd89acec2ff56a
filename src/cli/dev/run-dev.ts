import { basename } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { StandInEvent } from '../../apex/stand-in/stand-in-event.ts';
import { configurationPlaces } from '../../configuration/configuration-file.ts';
import { loadConfiguration } from '../../configuration/load-configuration.ts';
import { explain } from '../../policy/explain.ts';
import { Problem } from '../../problem/problem.ts';
import type { Tenant } from '../../tenant/tenant.ts';
import { managementAccess } from '../../testing/management-access.ts';
import { prepareSeeds } from '../../testing/prepared-seeds.ts';
import { assertPortsFree } from '../assert-ports-free.ts';
import { coloursFor } from '../colours.ts';
import { EXIT_STATUS, type ExitStatus } from '../exit-status.ts';
import { omissionLines } from '../omission-lines.ts';
import { assertTestsHold } from '../policy-tests/assert-tests-hold.ts';
import { showPolicyWarnings, showWarnings, warningLines } from '../policy-tests/show-policy-warnings.ts';
import { printable } from '../printable.ts';
import { describeError, errorAsJson } from '../report-error.ts';
import { listenForStop, type StopSignal } from '../stop-signal.ts';
import { type Terminal, widthOf } from '../terminal.ts';
import { type ChosenConfiguration, chooseConfiguration, unusedNote } from './example-configuration.ts';
import { expectedDecision } from './expected-decision.ts';
import { type GateCommandOptions, gateSettings } from './gate-settings.ts';
import { type LocalGate, type LocalGateOptions, startLocalGate } from './local-gate.ts';
import { loginLine } from './login-line.ts';
import { onceTable } from './once-table.ts';
import { openBrowser } from './open-browser.ts';
import { castLines, peopleTable } from './people-table.ts';
import { createPolicyFile, type PolicyFile } from './policy-file/policy-file.ts';
import { signInCast } from './sign-in-cast.ts';
import { standInLine } from './stand-in-line.ts';
import { contentOf, watchFile } from './watch-file.ts';
import { type Login, watchLogins } from './watch-logins.ts';
import { welcome } from './welcome.ts';

/** The options of `portcullis dev`. */
export interface DevOptions extends GateCommandOptions {
  readonly config?: string;
  readonly seed: readonly string[];
  readonly once?: boolean;
  readonly open?: boolean;
  readonly json?: boolean;
  readonly port?: number;
  readonly httpPort?: number;
  readonly appPort?: number;
  /** Whether the tenant has a web console; true unless it was turned off. */
  readonly console?: boolean;
}

/** The ports that are used unless others are given. */
const DEFAULT_PORTS = { tenant: 4000, loopback: 4001, standIn: 4040 } as const;

/** Time that a signal may take to arrive after it has ended another process. */
const SIGNAL_MS = 100;

/** Runs the gate until it is stopped, or signs in the whole cast once. */
export async function runDev(options: DevOptions, terminal: Terminal): Promise<ExitStatus> {
  if (options.once) assertComparable(options);
  const configuration = chooseConfiguration(options.config, terminal.folder);
  const places = options.config === undefined ? configurationPlaces(terminal.folder) : [configuration.file];
  // Read before the policy, so that an edit while the gate starts is not missed.
  const contents = await Promise.all(places.map(contentOf));
  const loaded = await loadConfiguration({ path: configuration.file });
  assertTestsHold(loaded);
  showPolicyWarnings(loaded.policy, terminal);
  const policyFile = createPolicyFile(loaded, !configuration.example);
  const { folder, environment } = terminal;
  const seeds = options.seed.length === 0 ? undefined : await prepareSeeds({ seed: options.seed, folder, environment });
  const settings = {
    ...(await gateSettings(options, loaded, terminal)),
    policyFile,
    onNotice: (text: string) => showWarnings([text], terminal),
    ...(seeds !== undefined && {
      seed: async (tenant: Tenant) => {
        const management = managementAccess(tenant, () => Date.now());
        terminal.stderr.write(omissionLines(await seeds.put(tenant, management)));
      },
    }),
  };
  if (options.once || options.json) terminal.stderr.write(unusedNote(configuration));
  const signal = listenForStop(terminal);
  const run: Run = { options, terminal, signal, settings };
  try {
    return await (options.once ? runOnce(run) : runUntilStopped(run, { ...configuration, places, contents }));
  } catch (error) {
    // A terminal sends Ctrl-C to esbuild and the Actions as well, so their end is not a failure then. It may be noticed
    // before the signal arrives.
    if (!signal.requested) await setTimeout(SIGNAL_MS);
    if (!signal.requested) throw error;
    return EXIT_STATUS.interrupted;
  } finally {
    signal.ignore();
  }
}

/** A run of the command. */
interface Run {
  readonly options: DevOptions;
  readonly terminal: Terminal;
  readonly signal: StopSignal;
  readonly settings: Omit<LocalGateOptions, 'tenantPort' | 'loopbackPort' | 'standInPort' | 'policyFile'> & {
    readonly policyFile: PolicyFile;
  };
}

/** Refuses options without a decision of the Action to compare with: the table would have nothing to show. */
function assertComparable({ mistake, decide }: DevOptions): void {
  const option = mistake === undefined ? (decide === 'apex' ? '--decide apex' : undefined) : '--mistake';
  if (option === undefined) return;
  const message = `${option} cannot be used with --once, which compares each login with what the Action should decide.`;
  throw new Problem('options_conflict', message, 'Leave out --once, and sign in with a browser.');
}

/** The configuration, and the content of each file that may become the configuration when it was loaded. */
interface LoadedConfiguration extends ChosenConfiguration {
  readonly places: readonly string[];
  readonly contents: readonly (string | undefined)[];
}

async function runOnce({ options, terminal, signal, settings }: Run): Promise<ExitStatus> {
  const events: { last?: StandInEvent } = {};
  // The user does not type these addresses, so free ports are used. This works even if another gate is running.
  const gate = await startLocalGate({
    ...settings,
    environment: terminal.environment,
    ...(await freePorts(options, { tenant: 0, loopback: 0, standIn: 0 })),
    onStandInEvent: (event) => {
      events.last = event;
    },
  });
  try {
    const rows = await signInCast(gate, gate.policy(), events, () => signal.requested);
    if (signal.requested) return EXIT_STATUS.interrupted;
    terminal.stdout.write(
      options.json
        ? `${JSON.stringify(rows, null, 2)}\n`
        : `\n${onceTable(rows, coloursFor(terminal), widthOf(terminal.stdout))}`,
    );
    return rows.every((row) => row.differences.length === 0) ? EXIT_STATUS.ok : EXIT_STATUS.different;
  } finally {
    await gate.close();
  }
}

/** @throws {Problem} `port_in_use`, for all that are */
async function freePorts(
  { port, httpPort, appPort }: DevOptions,
  defaults: { readonly tenant: number; readonly loopback: number; readonly standIn: number },
) {
  const [tenantPort, loopbackPort, standInPort] = [
    port ?? defaults.tenant,
    httpPort ?? defaults.loopback,
    appPort ?? defaults.standIn,
  ];
  await assertPortsFree({ '--port': tenantPort, '--http-port': loopbackPort, '--app-port': standInPort });
  return { tenantPort, loopbackPort, standInPort };
}

async function runUntilStopped(run: Run, configuration: LoadedConfiguration): Promise<ExitStatus> {
  const { options, terminal, signal, settings } = run;
  const gate = await startLocalGate({
    ...settings,
    environment: terminal.environment,
    ...(await freePorts(options, DEFAULT_PORTS)),
    console: options.console ?? true,
    onStandInEvent: (event) => {
      const line = standInLine(event, options.decide, coloursFor(terminal));
      if (line !== undefined) printer(options, terminal)(line, { event: 'apex', ...event });
    },
  });
  const stops: (() => void)[] = [];
  const close = async () => {
    for (const stop of stops) stop();
    await gate.close();
  };
  try {
    // After Ctrl-C during the start, no welcome is needed.
    if (!signal.requested) stops.push(...showEvents(gate, configuration, run));
  } catch (error) {
    await close();
    throw error;
  }
  return await signal.closeWhenStopped(close);
}

/** Shows that the gate is up, then every login and every edit. Returns functions that stop it. */
function showEvents(
  gate: LocalGate,
  configuration: LoadedConfiguration,
  { options, terminal, settings: { policyFile } }: Run,
): (() => void)[] {
  const colours = coloursFor(terminal);
  const print = printer(options, terminal);
  print(
    welcome(gate, configuration, { ...options, folder: terminal.folder }, colours),
    readyMessage(gate, configuration, options),
  );
  const names = new Map<string, string>();
  const stopLogins = watchLogins(
    gate.tenant,
    (id) => gate.policy().applications.includes(id),
    async (login) => {
      const who = await nameOf(login, gate, names);
      const width = Math.max(...gate.cast.map(({ email }) => email.length));
      const columns = widthOf(terminal.stdout);
      print(loginLine(login, who, { width, decide: options.decide, columns }, colours), {
        event: 'login',
        who,
        ...login,
      });
    },
  );
  const stopWarnings = gate.tenant.onLog(({ type, description }) => {
    if (type !== 'w') return;
    print(warningLines([description], colours, widthOf(terminal.stdout)).join('\n'), {
      event: 'warning',
      text: description,
    });
  });
  let inUse: ChosenConfiguration = configuration;
  const reload = serially(async () => {
    inUse = newerConfiguration(inUse, chooseConfiguration(options.config, terminal.folder));
    await reloadPolicy(gate, inUse, policyFile, print, terminal, options.json);
  });
  const stopsWatching = configuration.places.map((place, index) =>
    watchFile(place, configuration.contents[index], reload),
  );
  if (options.open) openBrowser(gate.standIn.homeUrl);
  return [stopLogins, stopWarnings, ...stopsWatching];
}

/** A configuration that was removed is missing, and is not replaced by the example. */
function newerConfiguration(before: ChosenConfiguration, now: ChosenConfiguration): ChosenConfiguration {
  return now.example && !before.example ? before : now;
}

/** Shows an event as text or, with `--json`, as JSON. */
type Print = (text: string, value: unknown) => void;

function printer({ json }: DevOptions, { stdout }: Terminal): Print {
  return (text, value) => stdout.write(json ? `${JSON.stringify(value)}\n` : `${text}\n`);
}

/** The first line of `dev --json`; the other lines are logins and edits of the policy. */
function readyMessage(gate: LocalGate, configuration: ChosenConfiguration, { decide, mistake, scheme }: DevOptions) {
  const { tenant, standIn } = gate;
  return {
    event: 'ready',
    application: { homeUrl: standIn.homeUrl, landingPageUrl: standIn.landingPageUrl, clientId: gate.clientId },
    applications: gate.applications.map(({ name, clientId, standIn: at }) => ({
      name,
      clientId,
      homeUrl: at.homeUrl,
      landingPageUrl: at.landingPageUrl,
    })),
    tenant: { url: tenant.url, loopbackUrl: tenant.loopbackUrl, domain: tenant.domain, caFile: tenant.caFile },
    ...(tenant.console && { console: tenant.console }),
    policy: configuration.file,
    decide,
    ...(scheme === undefined ? {} : { scheme }),
    ...(mistake === undefined ? {} : { mistake }),
    cast: castMessage(gate),
  };
}

/** The cast, with what the policy says of each user in one sentence. */
function castMessage(gate: LocalGate) {
  return gate.cast.map((person) => ({
    ...person,
    expected: explain(expectedDecision(gate.policy(), gate.clientId, person)),
  }));
}

/** Finds the e-mail address of a user, since the line of the policy's Action has only the user ID. */
async function nameOf(login: Login, gate: LocalGate, names: Map<string, string>): Promise<string> {
  if ('user' in login) return login.user;
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

/** Puts the edited policy on the tenant. If it is broken, shows the error and keeps the previous policy. */
async function reloadPolicy(
  gate: LocalGate,
  configuration: ChosenConfiguration,
  policyFile: PolicyFile,
  print: Print,
  terminal: Terminal,
  json?: boolean,
): Promise<void> {
  const colours = coloursFor(terminal);
  const before = castLines(gate);
  try {
    const loaded = await loadConfiguration({ path: configuration.file });
    const count = assertTestsHold(loaded);
    showPolicyWarnings(loaded.policy, terminal);
    const { changes } = await gate.put(loaded.policy);
    policyFile.read(loaded, !configuration.example);
    const tests = count === 0 ? '' : `, ${count === 1 ? 'its test holds' : `its ${count} tests hold`}`;
    const what = `${changes.length === 0 ? 'nothing changed' : 'in use from the next login on'}${tests}`;
    const people = castLines(gate);
    // Roles that users got since then are no news of the policy.
    const isNews = changes.length > 0 && !isDeepStrictEqual(people, before);
    const news = !isNews ? '' : `\n\n${peopleTable(people, colours, before)}\n`;
    const from = ` from ${printable(basename(configuration.file))}`;
    print(`${colours.cyan('policy')}  read again${from}: ${what}${news}`, {
      event: 'policy',
      policy: configuration.file,
      changes,
      cast: castMessage(gate),
    });
  } catch (error) {
    policyFile.read({ error });
    const { stdout, stderr, environment } = terminal;
    const failure = describeError(error, coloursFor(terminal, stderr), environment);
    stderr.write(`${failure}  The previous policy stays in use.\n`);
    if (json) stdout.write(`${JSON.stringify({ event: 'policy', error: errorAsJson(error) })}\n`);
  }
}

/** Runs the work once at a time; requests during a run lead to one more run. */
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
