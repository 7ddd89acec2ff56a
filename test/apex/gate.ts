import type { StandInOptions } from '../../src/apex/stand-in/options.ts';
import type { SchemeAttributes } from '../../src/apex/stand-in/scheme-attributes.ts';
import { type StandIn, startStandIn } from '../../src/apex/stand-in/stand-in.ts';
import type { StandInEvent } from '../../src/apex/stand-in/stand-in-event.ts';
import { Browser } from './browser.ts';
import {
  type AccountClaims,
  CLIENT,
  type ProviderSetup,
  ROLES,
  startProvider,
  type TestProvider,
} from './openid-provider.ts';

export interface GateSetup {
  readonly provider?: ProviderSetup;
  readonly attributes?: Partial<SchemeAttributes>;
  readonly options?: Partial<StandInOptions>;
  /** Claims of the account `ann`, in addition to her e-mail address. */
  readonly ann?: AccountClaims;
}

/** A provider, a stand-in that signs in there, and a browser. Closed by `await using`. */
export interface Gate extends AsyncDisposable {
  readonly provider: TestProvider;
  readonly standIn: StandIn;
  readonly browser: Browser;
  readonly events: StandInEvent[];
}

export const APPLICATION = { id: 100, workspace: 'demo', alias: 'gate', name: 'Gate' };
export const COOKIE = 'ORA_WWV_APP_100';

export async function openGate(setup: GateSetup = {}): Promise<Gate> {
  const provider = await startProvider(setup.provider);
  provider.accounts.set('ann', { email: 'ann@example.com', email_verified: true, name: 'Ann', ...setup.ann });
  provider.accounts.set('bob', { email: 'bob@example.com', email_verified: true, name: 'Bob', [ROLES]: ['member'] });
  const events: StandInEvent[] = [];
  const standIn = await startStandIn({
    port: 0,
    issuer: provider.issuer,
    clientId: CLIENT.id,
    clientSecret: CLIENT.secret,
    application: APPLICATION,
    claim: ROLES,
    organizationPrefix: 'ORG:',
    defaultRole: 'member',
    onEvent: (event) => events.push(event),
    ...setup.options,
    ...(setup.attributes === undefined ? {} : { attributes: setup.attributes }),
  });
  provider.register(standIn.callbackUrl, standIn.signedOutUrl);
  return {
    provider,
    standIn,
    events,
    browser: new Browser(),
    async [Symbol.asyncDispose]() {
      await standIn.close();
      await provider.close();
    },
  };
}

/** The address of one of the application's pages. */
export function page(gate: Gate, alias: string, query = ''): string {
  return `${gate.standIn.url}/ords/r/demo/gate/${alias}${query}`;
}

/** Signs in up to the callback's address, without opening it. */
export async function walkToCallback(gate: Gate, start = gate.standIn.homeUrl, browser = gate.browser): Promise<URL> {
  const { end } = await browser.visit(start, (url) => url.href.startsWith(gate.standIn.callbackUrl));
  if (end?.status !== 0)
    throw new Error(`The provider did not send the browser to the callback but showed ${end?.url}.`);
  return end.url;
}
