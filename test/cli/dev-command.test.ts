import { execFileSync } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { castFor } from '../../src/cli/dev/cast.ts';
import { atBrowser } from '../../src/cli/dev/person-at-browser.ts';
import type { Row } from '../../src/cli/dev/sign-in-cast.ts';
import { loadConfiguration } from '../../src/configuration/load-configuration.ts';
import { type Running, run, start } from './command-line.ts';

const example = fileURLToPath(new URL('../../portcullis.config.ts', import.meta.url));
const ports = ['--port', '0', '--http-port', '0', '--app-port', '0'];

/** Calls back when this process first sends such a request. Returns a function that stops it. */
function onRequest(method: string, path: RegExp, call: () => void): () => void {
  const look = (message: unknown) => {
    const { request } = message as { request: { method: string; path: string } };
    if (request.method !== method || !path.test(request.path)) return;
    stop();
    call();
  };
  const stop = () => unsubscribe('undici:request:create', look);
  subscribe('undici:request:create', look);
  return stop;
}

describe('portcullis dev', () => {
  let folder: string;
  let file: string;
  let running: Running | undefined;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'portcullis-dev-'));
    file = join(folder, 'portcullis.config.ts');
    copyFileSync(example, file);
  });
  afterEach(async () => {
    await running?.stop();
    running = undefined;
    rmSync(folder, { recursive: true, force: true });
  });

  const edit = (change: (text: string) => string) => writeFileSync(file, change(readFileSync(file, 'utf8')));
  const strict = (text: string) => text.replace(/^ {2}defaultRole: .*$/m, '');
  const rows = (stdout: string): Row[] => JSON.parse(stdout);
  const row = (all: Row[], person: string, visit: Row['visit']) =>
    all.find((one) => one.person.startsWith(`${person}@`) && one.visit === visit);

  it('--once runs on the example if there is no policy yet, and signs in every user twice, as the policy says; --data stores users, roles and decisions', async () => {
    rmSync(file);
    const { status, stdout } = await run(['dev', '--once', '--json', '--data', 'data'], { cwd: folder });
    const all = rows(stdout);
    expect(all.flatMap(({ differences }) => differences)).toEqual([]);
    expect(status).toBe(0);
    expect(all).toHaveLength(12);
    expect(row(all, 'wendy', 'first')).toMatchObject({ reason: 'organization_member', claim: ['ORG:WATER'] });
    expect(row(all, 'dan', 'first')).toMatchObject({ reason: 'default_role_holder', assigned: [] });
    expect(row(all, 'una', 'first')).toMatchObject({ reason: 'default_role', assigned: ['APEX User'] });
    expect(row(all, 'una', 'return')).toMatchObject({ reason: 'default_role_holder', claim: ['APEX User'] });
    expect(row(all, 'otto', 'first')).toMatchObject({ reason: 'organization_domain', assigned: ['ORG:WATER'] });
    expect(row(all, 'vera', 'first')).toMatchObject({ reason: 'unverified_email', arrival: 'landing-page' });
    expect(row(all, 'gina', 'first')).toMatchObject({ reason: 'default_role', arrival: 'home' });
    // A return costs no Management API call.
    for (const one of all.filter(({ visit }) => visit === 'return')) expect(one.managementCalls).toBe(0);

    // The second run prints a table, without colours outside a terminal.
    const second = await run(['dev', '--once', '--data', 'data'], { cwd: folder });
    expect(second.status).toBe(0);
    expect(second.stdout).toMatch(/Role +Claim in +API\n +Visit +Decision +assigned +the ID token +Hops +calls +ms\n/);
    for (const line of second.stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    expect(second.stdout).toMatch(/All 12 visits ended as the policy says/);
    expect(second.stdout).not.toContain('\u001b[');
    expect(second.stdout).toMatch(/^una@elsewhere\.example .*\n +first +let in default_role_holder +- /m);
  });

  it('--once refuses unknown domains if the policy does, still exits with 0, and lets APEX decide after the Action with the same result', async () => {
    edit(strict);
    const { status, stdout } = await run(['dev', '--once', '--json', '--decide', 'both'], { cwd: folder });
    expect(status).toBe(0);
    const all = rows(stdout);
    expect(all.flatMap(({ differences }) => differences)).toEqual([]);
    expect(row(all, 'una', 'first')).toMatchObject({
      reason: 'no_matching_rule',
      arrival: 'landing-page',
      assigned: [],
    });
    expect(row(all, 'gina', 'return')).toMatchObject({ reason: 'no_matching_rule', arrival: 'landing-page' });
    expect(row(all, 'otto', 'first')).toMatchObject({ reason: 'organization_domain', arrival: 'home' });
  });

  it('fits the welcome into 60 columns, shows each login, and applies an edited policy at once, but never a broken one', async () => {
    running = start(['dev', ...ports], { cwd: folder });
    const line = await running.line(/Application/);
    await running.line(/Ctrl-C/);
    const homeUrl = /http:\S+/.exec(line)?.[0] ?? '';
    const addresses = { homeUrl, landingPageUrl: homeUrl.replace(/home$/, 'refused') };
    const { policy } = await loadConfiguration({ path: file });
    const una = castFor(policy).find(({ name }) => name === 'Una');
    const gina = castFor(policy).find(({ name }) => name === 'Gina');
    if (una === undefined || gina === undefined) throw new Error('The cast is not complete.');

    expect((await atBrowser(una, addresses).visit()).arrival).toBe('home');
    expect(await running.line(/^\d\d:.*una@/)).toMatch(
      /una@elsewhere\.example\s+let in\s+default_role, given "APEX User"/,
    );

    edit((text) => text.replace("defaultRole: 'APEX User'", "defaultRoll: 'APEX User'"));
    await running.complaint(/The previous policy stays in use/);
    expect((await atBrowser(una, addresses).visit()).arrival).toBe('home');

    edit((text) => strict(text).replace("  defaultRoll: 'APEX User',\n", ''));
    await running.line(/policy {2}read again/);
    await running.line(/^ {2}let in with ORG:WATER$/);
    await running.line(/^ {4}wendy@elsewhere\.example +has ORG:WATER$/);
    await running.line(/^ {2}refused, no_matching_rule$/);
    await running.line(/^ {2}~ dan@elsewhere\.example +has APEX User$/);
    await running.line(/^ {2}~ gina@elsewhere\.example +verified, from Google$/);
    expect((await atBrowser(gina, addresses).visit()).arrival).toBe('landing-page');

    copyFileSync(example, file);
    await running.line(/^ {2}let in with APEX User$/);
    await running.line(/^ {2}~ dan@elsewhere\.example +has APEX User$/);
    edit((text) => text.replace("['water.example']", "['fire.example']"));
    await running.line(/^ {2}\+ otto@fire\.example /);
    await running.line(/^ {2}no longer in the cast$/);
    await running.line(/^ {2}- otto@water\.example /);

    await running.signal('SIGINT');
    const { status, stdout, stderr } = await running.ended;
    expect(status).toBe(130);
    expect(stderr).toMatch(/defaultRoll/);
    const welcome = stdout.slice(0, stdout.indexOf('Ctrl-C stops'));
    expect(welcome).toMatch(/Application +http:\S+\n +User +una@elsewhere\.example\n +Password +\S+\n/);
    expect(welcome).toMatch(
      /http:\/\/localhost:\d+\/ +for browsers, APEX\n +https:\/\/localhost:\d+\/ +for SDKs and tools\n/,
    );
    expect(welcome).toMatch(/ {2}let in, given APEX User\n {4}una@elsewhere\.example +verified, unknown domain\n/);
    expect(welcome).toMatch(/ {2}refused, unverified_email\n {4}vera@elsewhere\.example +not verified\n/);
    for (const one of welcome.replace(file, '').split('\n')) expect(one.length, one).toBeLessThanOrEqual(60);
    expect(welcome.split('\n').length).toBeLessThanOrEqual(40);
  });

  it('gives the command that copies the example, names a file that it does not use, and picks up a configuration while it runs', async () => {
    rmSync(file);
    writeFileSync(join(folder, 'portcullis.config.json'), '{}');
    running = start(['dev', '--no-console', ...ports], { cwd: folder });
    const command = await running.line(/^ +cp /);
    expect(await running.line(/is not used/)).toContain('portcullis.config.json');
    await running.line(/Ctrl-C/);
    execFileSync('sh', ['-c', command], { cwd: folder });
    await running.line(/policy {2}read again from portcullis\.config\.ts: nothing changed/);
    expect(readFileSync(file, 'utf8')).toBe(readFileSync(example, 'utf8'));
    edit(strict);
    await running.line(/policy {2}read again from portcullis\.config\.ts: in use/);
    rmSync(file);
    await running.complaint(/There is no .*portcullis\.config\.ts/);
    writeFileSync(join(folder, 'portcullis.config.mjs'), readFileSync(example, 'utf8'));
    await running.line(/policy {2}read again from portcullis\.config\.mjs: in use/);
  });

  it('--json prints the address of the console, follows an edited claim, role, prefix and application, and keeps them while the policy is gone', async () => {
    running = start(['dev', '--json', ...ports], { cwd: folder });
    const ready = JSON.parse(await running.line(/"event":"ready"/));
    expect(ready.console).toEqual({
      url: `${ready.tenant.loopbackUrl}console`,
      email: 'administrator@tenant.example',
      password: expect.stringMatching(/^(\w{5}-){3}\w{5}$/),
    });
    // Built from source when it is first opened.
    const page = await fetch(ready.console.url);
    expect(page.status).toBe(200);

    const text = readFileSync(file, 'utf8');
    writeFileSync(
      file,
      text
        .replace("['APEX']", "['Payroll']")
        .replace("claim: 'https://apex.example.com/roles'", "claim: 'https://apex.example.com/groups'")
        .replace("'APEX User'", "'Staff'")
        .replaceAll("'ORG:", "'TEAM:")
        .replace("['water.example']", "['fire.example']"),
    );
    const { cast } = JSON.parse(await running.line(/"event":"policy".*TEAM:WATER/));
    for (const [name, roles] of [
      ['Dan', ['Staff']],
      ['Otto', ['TEAM:WATER']],
    ] as const) {
      const person = cast.find((one: { name: string }) => one.name === name);
      const { arrival, page } = await atBrowser(person, ready.application).visit();
      expect(arrival).toBe('home');
      expect(page.body).toContain('https://apex.example.com/groups');
      expect([...page.body.matchAll(/data-role="([^"]*)"/g)].map((match) => match[1])).toEqual(roles);
      expect(page.body).toContain('<title>Home · Payroll</title>');
    }
    expect(cast.find((one: { name: string }) => one.name === 'Otto').email).toBe('otto@fire.example');

    rmSync(file);
    expect(JSON.parse(await running.line(/"event":"policy".*file_missing/))).toMatchObject({
      error: { code: 'file_missing' },
    });
    const una = ready.cast.find((one: { name: string }) => one.name === 'Una');
    expect((await atBrowser(una, ready.application).visit()).arrival).toBe('home');
    writeFileSync(file, strict(text));
    await running.line(/"event":"policy".*"name":"policy\.defaultRole","before":"Staff","after":"\(none\)"/);
    const gina = ready.cast.find((one: { name: string }) => one.name === 'Gina');
    expect((await atBrowser(gina, ready.application).visit()).arrival).toBe('landing-page');
  });

  it.each([
    ['an application is being made', 'POST', /\/api\/v2\/clients$/],
    ['the Action is being deployed', 'POST', /\/deploy$/],
    ['a user signs in', 'POST', /\/u\/login/],
  ])('--once ends by Ctrl-C while %s', async (_, method, path) => {
    const command = start(['dev', '--once'], { cwd: folder });
    running = command;
    const stop = onRequest(method, path, () => void command.signal('SIGINT'));
    const { status, stdout, stderr } = await command.ended;
    stop();
    expect({ status, stdout, stderr }).toEqual({ status: 130, stdout: '', stderr: '' });
  });

  it.each([
    ['--mistake', 'verify-clash'],
    ['--decide', 'apex'],
  ])('--once with %s %s says that it would compare nothing, and ends with 2', async (option, value) => {
    const { status, stderr } = await run(['dev', '--once', option, value], { cwd: folder });
    expect(status).toBe(2);
    expect(stderr).toContain('[options_conflict]');
    expect(stderr).toContain(option);
  });

  it('--decide apex shows that APEX decides about each login, and its decision', async () => {
    running = start(['dev', '--decide', 'apex', '--no-console', ...ports], { cwd: folder });
    const homeUrl = /http:\S+/.exec(await running.line(/Application/))?.[0] ?? '';
    await running.line(/Decides +only APEX/);
    await running.line(/Ctrl-C/);
    const addresses = { homeUrl, landingPageUrl: homeUrl.replace(/home$/, 'refused') };
    const cast = castFor((await loadConfiguration({ path: file })).policy);
    const [una, vera] = ['Una', 'Vera'].map((name) => cast.find((person) => person.name === name));
    if (una === undefined || vera === undefined) throw new Error('The cast is not complete.');
    await atBrowser(una, addresses).visit();
    expect(await running.line(/^\d\d:.*una@/)).toMatch(/signed in {2}APEX decides about APEX/);
    await running.line(/^apex {2}the post-authentication procedure lets in with APEX User/);
    await atBrowser(vera, addresses).visit();
    await running.line(/^apex {2}the post-authentication procedure refuses: unverified_email/);
    await running.stop();
    expect((await running.ended).stdout).not.toContain('does not guard');
  });

  it('--no-console starts no console; --mistake shows the symptom beforehand, and the cause and the cure when it occurs', async () => {
    running = start(['dev', '--mistake', 'groups-not-custom', '--no-console', ...ports], { cwd: folder });
    const home = /http:\S+/.exec(await running.line(/Application/))?.[0] ?? '';
    await running.line(/Mistake +groups-not-custom/);
    await running.line(/and every page that/);
    await running.line(/Ctrl-C/);
    const wendy = castFor((await loadConfiguration({ path: file })).policy).find(({ name }) => name === 'Wendy');
    if (wendy === undefined) throw new Error('There is no user Wendy.');
    const tenant = /http:\S+/.exec(await running.line(/ Tenant /))?.[0] ?? '';
    expect((await fetch(`${tenant}console`)).status).toBe(404);
    await atBrowser(wendy, { homeUrl: home, landingPageUrl: home.replace(/home$/, 'refused') }).visit();
    expect(await running.line(/groups-not-custom: /)).toContain('sets dynamic groups');
    expect(await running.line(/To end it:/)).toContain('Custom Code');
  });
});
