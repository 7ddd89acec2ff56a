import { readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { consoleForEachTest } from './console-for-each-test.ts';
import { consoleOf, tokenInTab, type View } from './console-in-browser.ts';
import { type OpenGate, openGate } from './gate-in-browser.ts';
import { GOOD_SHIFT, measureShift } from './shift-in-browser.ts';

const narrow = { width: 390, height: 844 };
const laptop = { width: 1280, height: 800 };
const large = { width: 1920, height: 1080 };
/** A laptop's window at a zoom of 200 %: its pixels are twice as large, and half as many. */
const zoomed = { width: 640, height: 400 };
const views: readonly View[] = [
  { viewport: narrow, colorScheme: 'light' },
  { viewport: narrow, colorScheme: 'dark' },
  { viewport: zoomed, colorScheme: 'light' },
  { viewport: laptop, colorScheme: 'light' },
  { viewport: laptop, colorScheme: 'dark' },
  { viewport: large, colorScheme: 'light' },
  { viewport: large, colorScheme: 'dark' },
  // Last: Chromium keeps the forced background behind a page that no longer has forced colours.
  { viewport: laptop, colorScheme: 'light', forcedColors: 'active' },
  { viewport: laptop, colorScheme: 'dark', forcedColors: 'active' },
];

const registry = readFileSync(new URL('../../src/console/shell/screen-registry.tsx', import.meta.url), 'utf8');
/** The patterns of the registry, and the screens that it does not list. */
const screens = [
  ...[...registry.matchAll(/^ {2,4}'?([a-z][\w/{}-]*)'?: \(/gm)].map(([, pattern = '']) => pattern),
  'overview',
  'resources/…',
];

describe('every screen of the console', () => {
  let paths: Record<string, readonly string[]> = {};
  const console = consoleForEachTest(async () => {
    const opened = await openGate();
    paths = await pathsByScreen(opened);
    return opened;
  });

  it('is in this test', () => {
    expect(screens.length).toBeGreaterThan(25);
    expect(Object.keys(paths).sort()).toEqual([...screens].sort());
  });

  it.each(screens)('%s has no finding of axe, and does not move while it loads', async (screen) => {
    const { page } = console;
    const shift = measureShift(page);
    onTestFinished(() => shift.dispose());
    const shifts: Record<string, number> = {};
    for (const path of paths[screen] ?? []) {
      for (const viewport of [narrow, laptop, large]) {
        await page.setViewportSize(viewport);
        // The appearance below is that of reduced motion.
        await page.emulateMedia({ reducedMotion: 'no-preference' });
        await console.load(path);
        shifts[`${path}, ${viewport.width} wide`] = await shift.read();
      }
      await console.checkAppearance(path, views);
    }
    expect(Object.entries(shifts).filter(([, moved]) => moved >= GOOD_SHIFT)).toEqual([]);
  });
});

/** Fills the tenant with something of everything, and returns the paths of each screen of the registry. */
async function pathsByScreen(opened: OpenGate): Promise<Record<string, readonly string[]>> {
  const { management, gate, page, tenant, context } = opened;
  const member = await management.users.create({
    connection: 'Username-Password-Authentication',
    email: 'una@water.example',
    password: 'Correct-Horse-1',
  });
  const [action] = (await management.actions.list()).data;
  const [role] = (await management.roles.list()).data;
  const api = await management.resourceServers.create({ identifier: 'https://water.example/', name: 'Water' });
  const [log] = (await management.logs.list()).data;
  const answer = await fetch(`${consoleOf(tenant).url}/sign-ins`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${await tokenInTab(page)}`,
      origin: new URL(tenant.loopbackUrl).origin,
    },
    body: JSON.stringify({ user_id: member.user_id, client_id: gate.clientId }),
  });
  const visitor = await context.newPage();
  await visitor.goto(((await answer.json()) as { url: string }).url);
  await visitor.close();
  const logins = await fetch(`${consoleOf(tenant).url}/data/logins`, {
    headers: { authorization: `Bearer ${await tokenInTab(page)}` },
  });
  const [login] = ((await logins.json()) as { logins: { id: string }[] }).logins;
  const id = (path: string, value: string | undefined, tabs: readonly string[] = []) => {
    if (value === undefined) throw new Error(`The tenant has nothing for ${path}.`);
    const whole = `${path}/${encodeURIComponent(value)}`;
    return tabs.length === 0 ? [whole] : tabs.map((tab) => `${whole}/${tab}`);
  };
  const application = (tabs?: readonly string[]) => id('applications', gate.clientId, tabs);
  const connection = (await management.connections.list()).data[0];
  return {
    overview: ['overview'],
    applications: ['applications'],
    'applications/{}': application(),
    'applications/{}/{}': application(['connections']),
    apis: ['apis'],
    'apis/{}': id('apis', api.id),
    'apis/{}/{}': id('apis', api.id, ['permissions', 'applications']),
    'actions/library': ['actions/library'],
    'actions/library/{}': id('actions/library', action?.id),
    'actions/triggers': ['actions/triggers'],
    'actions/triggers/{}': ['actions/triggers/post-login'],
    users: ['users'],
    'users/{}': id('users', member.user_id),
    'users/{}/{}': id('users', member.user_id, ['roles', 'history']),
    roles: ['roles'],
    'roles/{}': id('roles', role?.id),
    'roles/{}/{}': id('roles', role?.id, ['permissions', 'users']),
    logs: ['logs'],
    'logs/{}': id('logs', log?.log_id),
    'logs/{}/{}': id('logs', log?.log_id, ['raw-json', 'action-details']),
    try: ['try'],
    'saved-login': ['saved-login'],
    'logins/{}': id('logins', login?.id),
    'logins/{}/replay': id('logins', login?.id, ['replay']),
    gate: ['gate'],
    settings: ['settings'],
    parts: ['parts'],
    outbox: ['outbox'],
    'areas/{}': ['areas/security'],
    'resources/…': [
      'resources/branding',
      'resources/organizations',
      'resources/log-streams',
      ...id('resources/connections', connection?.id),
      ...id('resources/clients', gate.clientId),
    ],
  };
}
