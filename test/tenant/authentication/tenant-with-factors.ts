import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type ActionsEngine, startActionsEngine } from '../../../src/tenant/actions/actions-engine.ts';
import { hashPassword } from '../../../src/tenant/authentication/accounts/password-hash.ts';
import type { SimulatedFactor } from '../../../src/tenant/factors/factor-requests.ts';
import { enableFactor, simulatedFactors } from '../../../src/tenant/factors/factor-settings.ts';
import { oneTimePassword, stepOf } from '../../../src/tenant/factors/one-time-password.ts';
import { type Browser, locationOf } from './browser.ts';
import { PASSWORD, type RunningTenant, startTenant } from './running-tenant.ts';

/** A running tenant with real Actions. */
export interface TenantWithFactors extends RunningTenant {
  readonly engine: ActionsEngine;
  enable(...factors: SimulatedFactor[]): void;
  /**
   * Binds Actions with these bodies, in this order, to post-login. The Action in each place evaluates its body, which it finds in the
   * metadata of the application `web`: so all bodies of a file run in the same warm processes.
   */
  bind(...bodies: string[]): Promise<void>;
  /** Binds new Actions with this code, in this order, to post-login. */
  bindCode(...codes: string[]): Promise<void>;
  /** Undoes what a test has changed: its users, their factors, the settings and the log. The processes of Actions stay. */
  reset(): void;
  /** Enrols an authenticator app for Ada and returns its secret. */
  enrolApp(): string;
}

const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

export async function tenantWithFactors(): Promise<TenantWithFactors> {
  const folder = mkdtempSync(join(tmpdir(), 'factors-'));
  const engines: ActionsEngine[] = [];
  const tenant = await startTenant({
    trigger: (store, log) => {
      const engine = startActionsEngine({
        store,
        log,
        tenantName: 'test',
        dependencyCache: join(folder, 'packages'),
        workFolder: join(folder, 'work'),
        timeoutMs: 120_000,
      });
      engines.push(engine);
      return engine.postLogin;
    },
  });
  const [engine] = engines;
  if (engine === undefined) throw new Error('There is no engine.');
  const { store } = tenant;
  const clients = ['web', 'other'].map((id) => store.clients.find(id));
  const users = ['auth0|ada', 'auth0|bob'].map((id) => store.users.find(id));
  const password = await hashPassword(PASSWORD);
  const deploy = async (name: string, code: string): Promise<string> => {
    const supported_triggers = [{ id: 'post-login', version: 'v3' }];
    const { id } = await engine.lifecycle.create({ name, supported_triggers, code });
    await engine.ready();
    engine.lifecycle.deploy(id);
    return id;
  };
  const bindAll = (ids: readonly string[]) =>
    engine.lifecycle.bind(
      'post-login',
      ids.map((value) => ({ ref: { type: 'action_id' as const, value } })),
    );
  const places: string[] = [];
  let codesBound = 0;
  return {
    ...tenant,
    engine,
    enable(...factors) {
      for (const factor of factors) enableFactor(tenant.store, factor, true);
    },
    async bind(...bodies) {
      while (places.length < bodies.length) {
        places.push(await deploy(`action-${places.length + 1}`, evaluatingCode(`body${places.length}`)));
      }
      const metadata = Object.fromEntries(bodies.map((body, place) => [`body${place}`, body]));
      const web = store.clients.find('web');
      if (web !== undefined) store.clients.update({ ...web, client_metadata: metadata });
      // An Action that is taken out of the list in this way keeps its process.
      store.bindings.replace('post-login', bindAll(places).slice(0, bodies.length));
    },
    async bindCode(...codes) {
      const ids: string[] = [];
      for (const code of codes) {
        codesBound += 1;
        ids.push(await deploy(`code-${codesBound}`, code));
      }
      bindAll(ids);
    },
    reset() {
      for (const user of users) {
        if (user === undefined) continue;
        store.users.remove(user.user_id);
        store.artifacts.removeByAccount(user.user_id);
        store.blocks.clear(user.user_id);
        store.users.insert(user, password);
      }
      for (const client of clients) if (client !== undefined) store.clients.update(client);
      for (const factor of simulatedFactors) enableFactor(store, factor, false);
      store.bindings.replace('post-login', []);
      tenant.logs.length = 0;
    },
    enrolApp() {
      tenant.store.authenticationMethods.insert({
        id: 'totp|dev_adasappadasapp12',
        user_id: 'auth0|ada',
        type: 'totp',
        created_at: new Date().toISOString(),
        details: { totp_secret: SECRET },
      });
      return SECRET;
    },
    async close() {
      await engine.close();
      await tenant.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** An Action whose handler is the body that the application's metadata has under this name. */
function evaluatingCode(name: string): string {
  return `exports.onExecutePostLogin = async (event, api) => {
    await eval('(async (event, api) => {' + event.client.metadata.${name} + '})')(event, api);
  };`;
}

/** The code that an authenticator app shows now, or `later` periods from now. */
export function codeOfApp(secret: string, later = 0): string {
  return oneTimePassword(secret, stepOf(Date.now()) + later);
}

/** The text of a page of the tenant. */
export async function textOf(response: Response): Promise<string> {
  return (await response.text()).replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
}

/** Submits the form of a page, and returns the final URL and response. */
export async function send(
  browser: Browser,
  page: URL,
  fields: Record<string, string>,
): Promise<{ response: Response; url: URL }> {
  const state = page.searchParams.get('state') ?? '';
  const response = await browser.post(page, { state, action: 'default', ...fields });
  const next = locationOf(response, page);
  return next === undefined ? { response, url: page } : browser.follow(next);
}

/** The code of the last mail. */
export function mailedCode({ store }: RunningTenant): string {
  const [mail] = store.outbox.list({ page: 0, perPage: 1 }).rows;
  const code = /^\d{6}$/m.exec(mail?.text ?? '')?.[0];
  expect(code).toBeDefined();
  return code ?? '';
}
