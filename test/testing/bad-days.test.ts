import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Problem } from '../../src/problem/problem.ts';
import { startTenant, type TestTenantOptions } from '../../src/testing/start-test-tenant.ts';
import { spawnCommand } from '../cli/spawned-command.ts';

const execute = promisify(execFile);
const UNA = { email: 'una@example.com', password: 'Open-1-gate' };

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bad-days-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(files: Readonly<Record<string, unknown>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content));
  }
}

const refused = (options: TestTenantOptions) =>
  startTenant(options).then(
    async (tenant) => {
      await tenant.stop();
      return undefined;
    },
    (error: Problem) => error,
  );

describe('a seed of another version of the deploy CLI', () => {
  it('in a YAML file names the kinds that are not taken, and takes the rest', async () => {
    write({ 'later/tenant.yaml': 'vehicles: [{ name: one, key: "##KEY##" }]\nplanets: []\nroles: [{ name: Reader }]' });
    await using tenant = await startTenant({ seed: join(folder, 'later') });
    expect(tenant.omissions).toEqual([
      { kind: 'vehicles', reason: 'This version of Portcullis knows no such kind.' },
      { kind: 'planets', reason: 'This version of Portcullis knows no such kind.' },
    ]);
    expect((await tenant.management().roles.list()).data.map(({ name }) => name)).toEqual(['Reader']);
  });

  it('in a folder names the folders and files that are not taken', async () => {
    write({
      'later-folder/vehicles/one.json': { name: '##UNKNOWN##' },
      'later-folder/client/web.json': { name: 'Web' },
      'later-folder/orbit.json': { height: 1 },
      'later-folder/roles/reader.json': { name: 'Reader' },
      'later-folder/config.json': { AUTH0_DOMAIN: 'x' },
      'later-folder/package.json': {},
      'later-folder/.vscode/settings.json': {},
      'later-folder/src/index.js': '',
    });
    await using tenant = await startTenant({ seed: join(folder, 'later-folder') });
    expect(tenant.omissions).toEqual([
      { kind: 'client', reason: 'This version of Portcullis knows no such folder. Did you mean "clients"?' },
      { kind: 'vehicles', reason: 'This version of Portcullis knows no such folder.' },
      { kind: 'orbit.json', reason: 'This version of Portcullis knows no such file.' },
    ]);
  });

  it('with code in the place of its file is refused with what belongs there', async () => {
    write({
      'inline/tenant.yaml':
        'actions:\n  - name: hello\n    code: |\n      exports.onExecutePostLogin = async () => {\n      };\n',
    });
    const problem = await refused({ seed: join(folder, 'inline') });
    expect(problem?.message).toBe(
      'The seed has a text where the path of a file belongs: "exports.onExecutePostLogin = async () => {…"',
    );
    expect(problem?.remedy).toContain('code: ./actions/hello.js');
  });

  it('with a field that is not known is refused with its name', async () => {
    expect(await refused({ seed: { clients: [{ name: 'Web', colour: 'red' }] } as never })).toMatchObject({
      code: 'seed_refused',
      message: expect.stringMatching(/clients "Web": .*colour/),
    });
  });

  it.each([
    [{ clients: [{ name: 'Web', calbacks: ['https://web.example/'] }] }, 'callbacks'],
    [{ clients: [{ name: 'Web', wheels: 4 }] }, undefined],
    [{ clients: [{ name: 'Web', app_type: 'boat' }] }, undefined],
    [{ clients: [{ name: 'Web', refresh_token: { rotation_typ: 'rotating' } }] }, 'rotation_type'],
    [{ roles: [{ name: 'Clerk', descripton: 'x' }] }, 'description'],
    [{ logStreams: [{ name: 'Mine', type: 'http', sink: { httpEndpont: 'https://x.example' } }] }, 'httpEndpoint'],
    [{ tenant: { frendly_name: 'Water' } }, 'friendly_name'],
    [{ connections: [{ name: 'people', strategy: 'auth0', enabled_client: [] }] }, 'enabled_clients'],
  ])('with a mistyped field is refused with the name that was meant: %j', async (seed, meant) => {
    const problem = await refused({ seed: seed as never });
    expect(problem?.code).toMatch(/^seed_/);
    const remedy = `${problem?.message} ${problem?.remedy}`;
    if (meant === undefined) expect(remedy).not.toContain('Did you mean');
    else expect(remedy).toContain(`Did you mean "${meant}"?`);
  });
});

describe('a seed that is not whole', () => {
  it.each([
    ['empty.yaml', '', 'seed_unreadable', /empty\.yaml is empty/],
    ['blank.json', ' \n', 'seed_unreadable', /blank\.json is empty/],
    ['cut.json', '{"roles": [{"name": "Rea', 'seed_unreadable', /cut\.json: line 1:/],
    ['text.yaml', 'no seed', 'seed_invalid', /no object of kinds/],
    ['nothing/readme.txt', 'x', 'seed_unreadable', /neither tenant\.yaml nor a folder/],
    ['domains/custom-domains/custom-domains.json', '[{', 'seed_unreadable', /custom-domains\.json is no JSON/],
    ['phone/phone-providers/provider.json', '{}', 'seed_unreadable', /holds no list of JSON objects/],
    ['cut/clients/web.json', '', 'seed_unreadable', /web\.json is no JSON: it is empty/],
    ['people/users.json', '{"users":[{"mail":"x"}]}', 'seed_invalid', /users\[0\]\.mail/],
    ['scripts.yaml', 'databases: [{ name: x, options: { customScripts: { login: [1] } } }]', 'seed_invalid', /"login"/],
    ['bound.yaml', 'triggers: { post-login: [x] }', 'seed_invalid', /triggers\.post-login: expected a list of objects/],
  ])('%s is refused, and leaves nothing', async (path, content, code, message) => {
    const own = () => readdirSync(tmpdir()).filter((name) => name.startsWith(`portcullis-${process.pid}-`));
    const before = own();
    write({ [path]: content });
    const source = path.includes('/') ? (path.split('/')[0] ?? '') : path;
    const problem = await refused({ seed: source, folder });
    expect(problem).toMatchObject({
      code,
      message: expect.stringMatching(message),
      remedy: expect.stringMatching(/./),
    });
    expect(own()).toEqual(before);
  });
});

describe('what a seed does not use', () => {
  it('needs no values for its keywords', async () => {
    write({
      'unused/rules-configs/key.json': '{"key":"KEY","value":##RULES_KEY##}',
      'unused/rules/old.json': '{"name":"##RULE##"}',
      'unused/rules/old.js': '##RULE_CODE##',
      'unused/roles/reader.json': { name: 'Reader' },
      'unused.yaml': '# for ##COMMENT##\nrulesConfigs: [{ key: KEY, value: @@RULES_KEY@@ }]\nroles: [{ name: Reader }]',
    });
    for (const seed of [join(folder, 'unused'), join(folder, 'unused.yaml')]) {
      await using tenant = await startTenant({ seed });
      expect(tenant.omissions.map(({ kind }) => kind)).toContain('rulesConfigs');
      expect((await tenant.management().roles.list()).data.map(({ name }) => name)).toEqual(['Reader']);
    }
    write({ 'used.yaml': 'roles: [{ name: "##NAME##" }]\nrulesConfigs: [{ key: KEY, value: "##OTHER##" }]' });
    expect(await refused({ seed: join(folder, 'used.yaml') })).toMatchObject({
      code: 'seed_keyword_missing',
      message: expect.stringMatching(/without a value: NAME\.$/),
    });
  });
});

describe('two tests on one tenant', () => {
  it('may interrupt a login by going back to a snapshot, and the login says so', async () => {
    await using tenant = await startTenant({ users: [UNA] });
    const clean = await tenant.snapshot();
    await tenant.restore(clean);
    await tenant.signIn({ user: UNA.email });
    const requests = tenant.requests().length;
    const outcomes = new Set<string>();
    for (let request = 1; request < requests; request += 1) {
      await tenant.restore(clean);
      const login = tenant.signIn({ user: UNA.email }).then(
        ({ denied }) => (denied === undefined ? 'complete' : denied.error),
        (error: Problem) => error.code,
      );
      while (tenant.requests().length < request) await new Promise(setImmediate);
      await tenant.restore(clean);
      outcomes.add(await login);
    }
    expect(outcomes).toContain('sign_in_interrupted');
    expect([...outcomes].filter((outcome) => !['complete', 'sign_in_interrupted'].includes(outcome))).toEqual([]);
    expect((await tenant.signIn({ user: UNA.email })).claims.email).toBe(UNA.email);
  });

  it('sign users in at the same time', async () => {
    await using tenant = await startTenant({ users: [UNA] });
    const logins = await Promise.all(Array.from({ length: 8 }, () => tenant.signIn({ user: UNA.email })));
    expect(logins.map(({ denied }) => denied)).toEqual(logins.map(() => undefined));
  });
});

describe('a machine that refuses', () => {
  it('the cache folder gets a tenant without kept keys', async () => {
    write({ file: '' });
    const environment = { ...process.env, XDG_CACHE_HOME: join(folder, 'file') };
    await using tenant = await startTenant({ environment, users: [UNA] });
    expect((await tenant.signIn({ user: UNA.email })).claims.email).toBe(UNA.email);
  });

  it.each([
    ['its folder for temporary files', { TMPDIR: '/dev/null/none' }, [], '[data_folder_unusable]'],
    ['its port', {}, ['--port', 'TAKEN'], '[port_in_use]'],
  ])('%s is named by exec, which does not run its command', async (_, environment, options, code) => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const args = options.map((option) => (option === 'TAKEN' ? String(port) : option));
    const { ended } = spawnCommand(['exec', ...args, '--', 'echo', 'ran'], { cwd: folder, environment });
    const { status, stdout, stderr } = await ended;
    server.close();
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(code);
  });
});

describe('without a network', () => {
  // Refuses every connection and look-up except those of this machine.
  const offline = `
    import dns from 'node:dns';
    import net from 'node:net';
    const { connect } = net.Socket.prototype;
    net.Socket.prototype.connect = function (...args) {
      const [{ host = 'localhost', path } = {}] = Array.isArray(args[0]) ? args[0] : args;
      if (path === undefined && !/^(localhost|127\\.|::1)/.test(host)) throw new Error('OFFLINE ' + host);
      return connect.apply(this, args);
    };
    const { lookup } = dns;
    dns.lookup = (name, ...rest) => {
      if (!/^(localhost|127\\.|::1)/.test(name)) throw new Error('OFFLINE ' + name);
      return lookup(name, ...rest);
    };
  `;
  const preload = `--import=data:text/javascript,${encodeURIComponent(offline)}`;

  it('a tenant starts, deploys an Action and signs a user in', async () => {
    const entry = new URL('../../src/testing/start-test-tenant.ts', import.meta.url).href;
    const program = `
      import { startTenant } from '${entry}';
      const code = "exports.onExecutePostLogin = async (event, api) => api.idToken.setCustomClaim('https://x.test/it', 1);";
      await using tenant = await startTenant({
        seed: {
          actions: [{ name: 'A', code, deployed: true, supported_triggers: [{ id: 'post-login', version: 'v3' }] }],
          triggers: { 'post-login': [{ action_name: 'A' }] },
        },
        users: [${JSON.stringify(UNA)}],
      });
      console.log((await tenant.signIn({ user: 'una@example.com' })).claims['https://x.test/it']);
      console.log(await fetch('https://example.com/').catch((error) => error.cause?.message ?? error.message));
    `;
    const options = ['--disable-warning=ExperimentalWarning', preload, '--input-type=module-typescript', '-e', program];
    const { stdout } = await execute(process.execPath, options, { cwd: folder });
    expect(stdout).toBe('1\nOFFLINE example.com\n');
  });

  it('exec runs its command', async () => {
    const command = 'curl -sS "$AUTH0_ISSUER_BASE_URL/.well-known/jwks.json"';
    const options = { cwd: folder, nodeArguments: [preload] };
    const { status, stdout } = await spawnCommand(['exec', '--', 'sh', '-c', command], options).ended;
    expect(status).toBe(0);
    expect(JSON.parse(stdout).keys[0]).toMatchObject({ kty: 'RSA' });
  });
});
