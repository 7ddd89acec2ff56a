import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type ActionsEngine, startActionsEngine } from '../../../src/tenant/actions/actions-engine.ts';
import type { SimulatedFactor } from '../../../src/tenant/factors/factor-requests.ts';
import { enableFactor } from '../../../src/tenant/factors/factor-settings.ts';
import { oneTimePassword, stepOf } from '../../../src/tenant/factors/one-time-password.ts';
import { type Browser, locationOf } from './browser.ts';
import { type RunningTenant, startTenant } from './running-tenant.ts';

/** A running tenant with real Actions. */
export interface TenantWithFactors extends RunningTenant {
  readonly engine: ActionsEngine;
  enable(...factors: SimulatedFactor[]): void;
  /** Binds Actions with these bodies, in this order, to post-login. */
  bind(...bodies: string[]): Promise<void>;
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
  let created = 0;
  return {
    ...tenant,
    engine,
    enable(...factors) {
      for (const factor of factors) enableFactor(tenant.store, factor, true);
    },
    async bind(...bodies) {
      const ids: string[] = [];
      for (const body of bodies) {
        created += 1;
        const action = await engine.lifecycle.create({
          name: `action-${created}`,
          supported_triggers: [{ id: 'post-login', version: 'v3' }],
          code: `exports.onExecutePostLogin = async (event, api) => {\n${body}\n};`,
        });
        await engine.ready();
        engine.lifecycle.deploy(action.id);
        ids.push(action.id);
      }
      engine.lifecycle.bind(
        'post-login',
        ids.map((value) => ({ ref: { type: 'action_id' as const, value } })),
      );
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
