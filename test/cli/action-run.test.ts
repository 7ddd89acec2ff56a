import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Running, run, start } from './command-line.ts';

describe('portcullis action run', () => {
  let folder: string;
  let running: Running | undefined;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'portcullis-action-'));
  });
  afterEach(async () => {
    await running?.stop();
    running = undefined;
    rmSync(folder, { recursive: true, force: true });
  });

  const file = (name: string, content: string) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  const action = (body: string) =>
    file('gate.js', `exports.onExecutePostLogin = async (event, api) => {\n${body}\n};\n`);

  it('takes a secret without a value from the environment, or from .env', async () => {
    const path = action("console.log(event.secrets.KEY === 'of-dotenv', event.secrets.OTHER === 'of-environment');");
    file('.env', 'KEY=of-dotenv\nOTHER=overridden\n');
    const { status, stdout, stderr } = await run(['action', 'run', path, '--secret', 'KEY', '--secret', 'OTHER'], {
      cwd: folder,
      environment: { OTHER: 'of-environment' },
    });
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout).toContain('true true');
  });

  it('prints console, calls, claims, dropped claims and metadata, and masks secrets', async () => {
    const path = action(`
      console.log('hello', event.user.email, event.secrets.KEY);
      api.idToken.setCustomClaim('https://app.test/roles', ['APEX User']);
      api.idToken.setCustomClaim('roles', ['APEX User']);
      api.accessToken.addScope('read:orders');
      api.user.setAppMetadata('seen', event.secrets.KEY);
      api.transaction.setMetadata('step', 'one');`);
    const { status, stdout, stderr } = await run(['action', 'run', path, '--secret', 'KEY=hunter2-hunter2']);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout).not.toContain('hunter2');
    for (const line of [
      'the login continues',
      'hello ada@example.com [secret KEY]',
      'api.idToken.setCustomClaim("https://app.test/roles", ["APEX User"])',
      'https://app.test/roles: ["APEX User"]',
      '+ scope read:orders',
      'roles (id_token): "roles" is a restricted claim.',
      'seen: "[secret KEY]"',
      'step: "one"',
    ]) {
      expect(stdout).toContain(line);
    }
  });

  it('provides the given modules, and reports how to provide one', async () => {
    const path = action(`require('actions:logger')('from a module');`);
    const logger = file('logger.js', 'module.exports = (text) => console.log(text);');
    const provided = await run(['action', 'run', path, '--own-node', '--module', `logger=${logger}`]);
    expect(provided.stdout).toContain('from a module');
    expect(provided.status).toBe(0);
    const missing = await run(['action', 'run', path, '--own-node']);
    expect(missing.stdout).toContain('--module logger=FILE');
  });

  it.each([
    [
      'another trigger',
      'x.js',
      'exports.onExecutePreUserRegistration = async () => {};',
      '--trigger pre-user-registration',
    ],
    ['a redirect', 'x.js', 'exports.onContinuePostLogin = async () => {};', '--continue'],
    ['an ECMAScript module', 'x.mjs', 'export const onExecutePostLogin = async () => {};', 'npx esbuild'],
    ['imports', 'x.js', "import x from 'x';\nexports.onExecutePostLogin = async () => {};", 'Actions are CommonJS'],
    ['TypeScript', 'x.ts', 'const a: string = 1;', 'Auth0 takes JavaScript'],
  ])('says what to do about a file of %s', async (_, name, code, hint) => {
    const { status, stdout } = await run(['action', 'run', file(name, code), '--own-node']);
    expect(status).toBe(1);
    expect(stdout).toContain(hint);
  });

  it('says what to do about --continue if the file has no handler for it', async () => {
    const { status, stdout } = await run(['action', 'run', action(''), '--continue', '--own-node']);
    expect(status).toBe(1);
    expect(stdout).toContain('The file exports onExecutePostLogin: leave out --continue');
  });

  it('prints the lines of an error as lines', async () => {
    const { stdout } = await run(['action', 'run', action("throw new Error('one\\ntwo')"), '--own-node']);
    expect(stdout).toMatch(/Error: one\n +two/);
    expect(stdout).not.toContain('\\u{a}');
  });

  it('runs on the Node.js that the runtime names, and reports the requests of the Action', async () => {
    const server = createServer((_request, response) => response.writeHead(418).end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const path = action(`console.log(process.version); await fetch('http://${host}/tea');`);
    const [shown, json, own] = [
      await run(['action', 'run', path, '--runtime', 'node18', '--node18']),
      await run(['action', 'run', path, '--json']),
      await run(['action', 'run', path, '--json', '--own-node']),
    ];
    server.close();
    expect(shown.stdout).toContain('v18.');
    expect(shown.stdout).toMatch(new RegExp(`GET ${host}: 418, [0-9.]+ ms`));
    const report = JSON.parse(json.stdout);
    expect(report.console[0].text).toMatch(/^v22\./);
    expect(report.requests).toEqual([{ method: 'GET', host, status: 418, duration_ms: expect.any(Number) }]);
    expect(JSON.parse(own.stdout).console[0].text).toBe(process.version);
  });

  it.each([
    [
      'credentials-exchange',
      'onExecuteCredentialsExchange',
      `if (event.transaction.requested_scopes.length === 0) api.accessToken.setCustomClaim('https://app.test/of', event.client.name);`,
      ['the token is issued', 'https://app.test/of: "Example Application"'],
    ],
    [
      'credentials-exchange',
      'onExecuteCredentialsExchange',
      `api.access.deny('invalid_scope', event.resource_server.identifier);`,
      ['refused: invalid_scope, https://api.example.com/'],
    ],
    [
      'pre-user-registration',
      'onExecutePreUserRegistration',
      `api.user.setAppMetadata('from', event.request.geoip.countryCode + event.request.body.connection);`,
      ['the user is created', 'from: "DEUsername-Password-Authentication"'],
    ],
    [
      'pre-user-registration',
      'onExecutePreUserRegistration',
      `api.access.deny('listed', 'Not ' + event.user.email);`,
      ['refused: listed (the person reads: Not ada@example.com)'],
    ],
    [
      'post-user-registration',
      'onExecutePostUserRegistration',
      `console.log(event.user.user_id, event.user.email_verified, 'enrolledFactors' in event.user);`,
      ['done', 'auth0|0123456789abcdef01234567 false false'],
    ],
    [
      'post-change-password',
      'onExecutePostChangePassword',
      `console.log(event.connection.name, event.user.email, 'client' in event, 'roles' in api);`,
      ['done', 'Username-Password-Authentication ada@example.com false false'],
    ],
  ])('runs an Action of %s', async (trigger, handler, body, lines) => {
    const path = file('other.js', `exports.${handler} = async (event, api) => { ${body} };`);
    const { status, stdout, stderr } = await run(['action', 'run', path, '--trigger', trigger]);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    for (const line of lines) expect(stdout).toContain(line);
    const printed = await run(['action', 'event', '--trigger', trigger]);
    const again = await run(['action', 'run', path, '--trigger', trigger, '--event', file('e.json', printed.stdout)]);
    expect(again.status).toBe(0);
    for (const line of lines) expect(again.stdout).toContain(line);
  });

  it.each([
    [
      `api.authentication.challengeWith({ type: 'otp' }, { additionalFactors: [{ type: 'email' }] })`,
      'asks for a factor: otp or email',
    ],
    [
      `api.authentication.challengeWithAny([{ type: 'otp' }, { type: 'email' }])`,
      'asks for a factor: a choice of otp or email',
    ],
    [`api.authentication.enrollWith({ type: 'otp' })`, 'asks for a factor: enrolment in otp'],
    [`api.multifactor.enable('google-authenticator')`, 'asks for a factor: at the end otp or recovery-code'],
  ])('says of %s that the login %s', async (body, words) => {
    const { status, stdout } = await run(['action', 'run', action(body)]);
    expect(status).toBe(0);
    expect(stdout).toContain(words);
    const { stdout: json } = await run(['action', 'run', action(body), '--json']);
    expect(JSON.parse(json).outcome).toMatchObject({ kind: 'factors', asked: [{ factors: expect.any(Array) }] });
  });

  it('prints the changes of the session, the refresh token and the primary user', async () => {
    const path = action(`
      api.session.setCookieMode('non-persistent'); api.session.setMetadata('till', '7');
      api.refreshToken.setMetadata('till', event.secrets.KEY); api.authentication.setPrimaryUser('auth0|primary');`);
    const { stdout } = await run(['action', 'run', path, '--secret', 'KEY=hunter2-hunter2']);
    for (const line of [
      'cookieMode: "non-persistent"',
      'metadata: {"till":"7"}',
      'auth0|primary',
      '{"till":"[secret KEY]"}',
    ]) {
      expect(stdout).toContain(line);
    }
  });

  it('fails if a tenant would fail: a factor and a redirect in one run, another user at an exchange', async () => {
    const both = `api.authentication.challengeWith({ type: 'otp' }); api.redirect.sendUserTo('https://a.test/');`;
    const exchange = file('event.json', JSON.stringify({ transaction: { protocol: 'oauth2-refresh-token' } }));
    const first = await run(['action', 'run', action(both)]);
    const second = await run([
      'action',
      'run',
      action(`api.authentication.setPrimaryUser('auth0|2')`),
      '--event',
      exchange,
    ]);
    expect([first.status, second.status]).toEqual([1, 1]);
    expect(first.stdout).toContain('not simulated');
    expect(second.stdout).toContain('not simulated');
  });

  it('shows the place of an error in the Action, without the frames of the sandbox', async () => {
    const broken = await run(['action', 'run', action('  const x = ;'), '--own-node']);
    expect(broken.status).toBe(1);
    expect(broken.stdout).toMatch(
      /failed: SyntaxError: Unexpected token ';' {2}onExecutePostLogin, .*\n {4}action\.js:2\n/,
    );
    expect(broken.stdout).toMatch(/\n( +)const x = ;\n\1 {10}\^\n/);
    const failing = await run(['action', 'run', action('  null.x;'), '--own-node']);
    expect(failing.stdout).toContain('(action.js:2:8)\n');
    for (const { stdout } of [broken, failing]) expect(stdout).not.toContain('node:');
  });

  it('reports what to do about a package that cannot be installed', async () => {
    const { status, stderr } = await run(['action', 'run', action(''), '--own-node', '--dependency', 'not a name']);
    expect(status).toBe(2);
    expect(stderr).toContain('npm view');
  });

  it('marks the part of the console that Auth0 would cut off', async () => {
    const path = action(`console.log('first'); console.log('x'.repeat(300)); console.log('last');`);
    const { stdout } = await run(['action', 'run', path]);
    expect(stdout).toMatch(/\n {4}first\n {4}x{250}\n {4}~ x{50}\n {4}~ last\n {4}~ marks what Auth0 would cut off/);
    expect((await run(['action', 'run', action(`console.log('short')`)])).stdout).not.toContain('Auth0 would not keep');
  });

  it('reports a runtime that cannot be fetched and what to do, with exit status 2', async () => {
    const environment = {
      XDG_CACHE_HOME: join(folder, 'cache'),
      LOCALAPPDATA: join(folder, 'cache'),
      HOME: folder,
      npm_config_registry: 'http://127.0.0.1:9/',
      npm_config_fetch_retries: '0',
    };
    const { status, stderr } = await run(['action', 'run', action('')], { environment });
    expect(status).toBe(2);
    expect(stderr).toMatch(/\[build_failed\]/);
    expect(stderr).toMatch(/node22 is Node\.js 22/);
    expect(stderr).toContain('--own-node');
    expect(stderr).not.toMatch(/\n\s+at /);
    const own = await run(['action', 'run', action(''), '--own-node'], { environment });
    expect(own.status).toBe(0);
  });

  it('reports that it waits for the registry while it does, and what to do if it does not answer', async () => {
    const silence = Promise.withResolvers<void>();
    const registry = createServer(async (_, response) => {
      await silence.promise;
      response.destroy();
    });
    await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
    const environment = {
      XDG_CACHE_HOME: join(folder, 'cache'),
      LOCALAPPDATA: join(folder, 'cache'),
      HOME: folder,
      npm_config_registry: `http://127.0.0.1:${(registry.address() as AddressInfo).port}/`,
      npm_config_fetch_retries: '0',
    };
    try {
      const args = ['action', 'run', action(''), '--own-node', '--dependency', 'left-pad@1.3.0'];
      running = start(args, { environment });
      await running.complaint(/Waiting for npm/);
      silence.resolve();
      const { status, stderr } = await running.ended;
      expect(status).toBe(2);
      expect(stderr).toContain('npm does not reach its registry');
      expect(stderr).toContain('npm ping');
    } finally {
      registry.close();
      registry.closeAllConnections();
    }
  });

  it('merges the given event into the template, and removes members that are null', async () => {
    const path = action(`console.log(JSON.stringify([event.user, event.stats.logins_count, event.client.name]));`);
    const event = file(
      'event.json',
      JSON.stringify({ user: { email: null, name: 'Una' }, stats: { logins_count: 9 } }),
    );
    const { stdout } = await run(['action', 'run', path, '--event', event, '--json']);
    const [user, count, client] = JSON.parse(JSON.parse(stdout).console[0].text);
    expect(user).toMatchObject({ name: 'Una', user_id: expect.any(String), email_verified: true });
    expect(user).not.toHaveProperty('email');
    expect([count, client]).toEqual([9, 'Example Application']);
  });

  it('prints the template as a complete event that can be passed with --event', async () => {
    const { stdout } = await run(['action', 'event']);
    const path = action(`console.log(JSON.stringify({ ...event, secrets: undefined }));`);
    const report = await run(['action', 'run', path, '--event', file('all.json', stdout), '--json']);
    expect(JSON.parse(JSON.parse(report.stdout).console[0].text)).toEqual(JSON.parse(stdout));
  });

  it.each([
    ['a denial', `api.access.deny('not here');`, 0, { kind: 'deny', reason: 'not here' }],
    [
      'a redirect',
      `api.redirect.sendUserTo('https://forms.test/ask', { query: { a: 'b c' } });`,
      0,
      { kind: 'redirect', url: 'https://forms.test/ask?a=b+c' },
    ],
    [
      'a throw',
      `throw new TypeError('no such thing');`,
      1,
      { kind: 'error', errorClass: 'action_error', error: { name: 'TypeError', message: 'no such thing' } },
    ],
    ['an end of the process', `process.exit(0);`, 1, { kind: 'error' }],
    [
      'a method that is not simulated',
      `api.prompt.render('ap_1');`,
      1,
      { kind: 'error', error: { code: 'not_simulated' } },
    ],
  ])('prints %s', async (_, body, status, outcome) => {
    const ended = await run(['action', 'run', action(body), '--json']);
    expect(JSON.parse(ended.stdout).outcome).toMatchObject(outcome);
    expect(ended.status).toBe(status);
  });

  it('refuses a redirect if the event’s login has no browser, as the login would', async () => {
    const event = file('event.json', JSON.stringify({ transaction: { protocol: 'oauth2-refresh-token' } }));
    const path = action(`api.redirect.sendUserTo('https://forms.test/');`);
    const ended = await run(['action', 'run', path, '--event', event, '--json']);
    expect(JSON.parse(ended.stdout).outcome).toMatchObject({ kind: 'error', error: { code: 'redirect_impossible' } });
    expect(ended.status).toBe(1);
  });

  it('continues after a redirect', async () => {
    const path = file(
      'gate.js',
      `exports.onExecutePostLogin = async () => {};
       exports.onContinuePostLogin = async (event, api) => { api.idToken.setCustomClaim('https://a.test/q', event.request.query); };`,
    );
    const { stdout } = await run(['action', 'run', path, '--continue', '--query', 'answer=yes', '--json']);
    const { handler, idTokenClaims } = JSON.parse(stdout);
    expect(handler).toBe('onContinuePostLogin');
    // The query of the return, not of the login's beginning.
    expect(idTokenClaims).toEqual({ 'https://a.test/q': { state: 'example-state', answer: 'yes' } });
  });

  it('shows the failure in one line, and its place below', async () => {
    const { stdout, status } = await run(['action', 'run', action(`throw new Error('bad');`)]);
    expect(status).toBe(1);
    expect(stdout).toMatch(
      /^ {2}failed: Error: bad {2}onExecutePostLogin, [\d.]+ ms \(start [\d.]+ ms\)\n {4}at .*action\.js:\d+:\d+\)\n/m,
    );
  });

  it('has the roles that the event names', async () => {
    const path = action(`
      const { roles } = await api.roles.getUserEffectiveRoles();
      console.log(roles.map(({ name }) => name).join());`);
    const event = file('event.json', JSON.stringify({ authorization: { roles: ['ORG:acme', 'APEX User'] } }));
    const { stdout } = await run(['action', 'run', path, '--event', event, '--json']);
    expect(JSON.parse(stdout).console[0].text).toBe('ORG:acme,APEX User');
  });

  it('takes a secret from the environment, and runs with the packages that are declared', async () => {
    const path = action(`
      const isNumber = require('is-number');
      api.idToken.setCustomClaim('https://a.test/n', [isNumber(5), event.secrets.API_KEY.length]);`);
    const args = ['action', 'run', path, '--json', '--secret', 'API_KEY'];
    const environment = { API_KEY: 'hunter2' };
    const undeclared = await run([...args], { environment });
    expect(JSON.parse(undeclared.stdout).outcome.error.message).toBe("Cannot find module 'is-number'");
    const declared = await run([...args, '--dependency', 'is-number@7.0.0'], { environment });
    expect(JSON.parse(declared.stdout)).toMatchObject({
      idTokenClaims: { 'https://a.test/n': [true, 7] },
      dependencies: [{ name: 'is-number', version: '7.0.0' }],
    });
    expect(
      (
        await run(
          args.filter((one) => one !== '--json'),
          { environment },
        )
      ).stdout,
    ).toContain('--dependency is-number@VERSION');
  });

  it.each([
    ['a file that is not there', (at: string) => [join(at, 'none.js')], '[action_unreadable]'],
    ['an event that is not JSON', () => [action(''), '--event', file('e.json', '{')], '[event_invalid]'],
    [
      'a redirect of another trigger',
      () => [action(''), '--continue', '--trigger', 'post-change-password'],
      '[options_conflict]',
    ],
    ['an event without a user', () => [action(''), '--event', file('e.json', '{"user":null}')], '[event_invalid]'],
    ['code over 100 kB', () => [action(`/*${'x'.repeat(110_000)}*/`)], '[too_large]'],
    ['a package that is not one', () => [action(''), '--dependency', '../x@1'], '[invalid]'],
    ['a secret without a value', () => [action(''), '--secret', 'NO_SUCH_VARIABLE_HERE'], 'NO_SUCH_VARIABLE_HERE'],
    ['a runtime that is not one', () => [action(''), '--runtime', 'node9'], 'node18, node22'],
  ])('refuses %s with exit status 2', async (_, args, said) => {
    const { status, stderr, stdout } = await run(['action', 'run', ...args(folder)]);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(said);
    expect(stderr).not.toContain('    at ');
  });

  it('runs again when a file changes, even after mistakes, until Ctrl-C', async () => {
    const path = action(`console.log('first');`);
    running = start(['action', 'run', path, '--watch', '--json']);
    await running.line(/"text":"first"/);
    action(`console.log('broken';`);
    await running.line(/SyntaxError/);
    action(`console.log('third');`);
    await running.line(/"text":"third"/);
    await running.signal('SIGINT');
    const { status, stderr } = await running.ended;
    expect(stderr).toBe('');
    expect(status).toBe(130);
  });

  it('ends an Action that never ends on Ctrl-C', async () => {
    const server = createServer();
    const begun = new Promise((resolve) => server.once('request', resolve));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    running = start([
      'action',
      'run',
      action(
        `fetch('http://127.0.0.1:${port}/').catch(() => {}); await new Promise((sent) => setTimeout(sent, 100)); for (;;);`,
      ),
    ]);
    await begun;
    await running.signal('SIGINT');
    expect((await running.ended).status).toBe(130);
    server.closeAllConnections();
    server.close();
  });
});
