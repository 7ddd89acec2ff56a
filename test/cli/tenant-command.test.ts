import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { decodeJwt } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Running, run, start } from './command-line.ts';
import { type SpawnedCommand, spawnCommand } from './spawned-command.ts';

describe('portcullis tenant', () => {
  let folder: string;
  let running: Running | undefined;
  let spawned: SpawnedCommand | undefined;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'portcullis-cli-'));
  });
  afterEach(async () => {
    await running?.stop();
    running = undefined;
    await spawned?.kill('SIGKILL');
    spawned = undefined;
    rmSync(folder, { recursive: true, force: true });
  });

  it('prints one line of JSON when it is ready, and answers there', async () => {
    running = start(['tenant', '--memory', '--json', '--port', '0']);
    const ready = JSON.parse(await running.line(/^\{/));
    expect(ready).toMatchObject({
      url: expect.stringMatching(/^https:\/\/localhost:\d+\/$/),
      domain: expect.stringMatching(/^localhost:\d+$/),
      caFile: expect.stringMatching(/\.pem$/),
      management: {
        clientId: expect.any(String),
        clientSecret: expect.any(String),
        audience: expect.stringMatching(/\/api\/v2\/$/),
      },
    });
    const discovery = await fetch(`${ready.loopbackUrl}.well-known/openid-configuration`);
    expect(await discovery.json()).toMatchObject({ issuer: ready.loopbackUrl });
  });

  it('listens on the address that it is given, and answers for localhost only', async () => {
    // Every address of 127.0.0.0/8 is this machine's, on Linux.
    const address = process.platform === 'linux' ? '127.0.0.2' : '127.0.0.1';
    running = start(['tenant', '--json', '--port', '0', '--listen', address]);
    const { loopbackUrl } = JSON.parse(await running.line(/^\{/));
    const { host, port } = new URL(loopbackUrl);
    const status = (name: string) =>
      new Promise((resolve, reject) => {
        const options = { host: address, port, path: '/.well-known/openid-configuration', headers: { host: name } };
        get(options, (response) => resolve(response.resume().statusCode)).once('error', reject);
      });
    expect(await status(host)).toBe(200);
    expect(await status(`${address}:${port}`)).toBe(421);
    const refused = await run(['tenant', '--port', '0', '--listen', 'localhost']);
    expect(refused.stderr).toContain('It is an IP address of this machine, such as 0.0.0.0.');
    const foreign = await run(['tenant', '--port', '0', '--listen', '192.0.2.77']);
    expect(foreign).toMatchObject({ status: 2, stderr: expect.stringContaining('[address_unavailable]') });
  });

  it('prints lines that a shell and a .env file accept, regardless of the folder name', async () => {
    const data = join(folder, 'Mein Mandant für $HOME');
    running = start(['tenant', '--port', '0', '--data', data]);
    await running.line(/AUTH0_CLIENT_SECRET/);
    await running.signal('SIGTERM');
    const { stdout } = await running.ended;
    const lines = stdout.split('\n').filter((line) => line.startsWith('  export '));
    const expected = join(data, 'certificates', 'ca.pem');
    const script = `${lines.join('\n')}\nprintf %s "$NODE_EXTRA_CA_CERTS"`;
    expect(
      execFileSync('sh', ['-c', script], { env: { PATH: process.env.PATH ?? '', HOME: '/elsewhere' } }).toString(),
    ).toBe(expected);
    expect(parseEnv(lines.join('\n'))).toMatchObject({
      NODE_EXTRA_CA_CERTS: expected,
      AUTH0_DOMAIN: expect.stringMatching(/^localhost:\d+$/),
    });
  });

  it('has a console if one is requested', async () => {
    running = start(['tenant', '--memory', '--json', '--port', '0', '--console']);
    const { console, loopbackUrl } = JSON.parse(await running.line(/^\{/));
    expect(console).toMatchObject({ url: `${loopbackUrl}console`, email: expect.any(String) });
    expect((await fetch(console.url)).headers.get('content-type')).toContain('text/html');
  });

  it('applies the rate limits of a known plan on request', async () => {
    running = start(['tenant', '--memory', '--json', '--port', '0', '--rate-limit', 'free']);
    const ready = JSON.parse(await running.line(/^\{/));
    const answers = await Promise.all([1, 2, 3].map(() => fetch(`${ready.loopbackUrl}api/v2/roles`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([401, 401, 429]);
    expect((await run(['tenant', '--rate-limit', 'gold'])).stderr).toContain('free, essentials, professional, off');
  });

  /** The location and the runtime that an Action of a token exchange sees, or the error of its build. */
  async function seenByAction({ line }: Pick<Running, 'line'>): Promise<unknown> {
    const { loopbackUrl, management } = JSON.parse(await line(/^\{/));
    const grant = {
      grant_type: 'client_credentials',
      client_id: management.clientId,
      client_secret: management.clientSecret,
    };
    const tokenFor = async (audience: string): Promise<string> => {
      const answer = await fetch(`${loopbackUrl}oauth/token`, {
        method: 'POST',
        body: new URLSearchParams({ ...grant, audience }),
      });
      return ((await answer.json()) as { access_token: string }).access_token;
    };
    const authorization = `Bearer ${await tokenFor(management.audience)}`;
    const call = async (method: string, path: string, body?: unknown) => {
      const headers = { authorization, 'content-type': 'application/json' };
      const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
      return (await (await fetch(`${loopbackUrl}api/v2${path}`, init)).json()) as Record<string, never>;
    };
    const audience = 'https://orders.test/';
    await call('POST', '/resource-servers', { identifier: audience, name: 'Orders' });
    await call('POST', '/client-grants', { client_id: management.clientId, audience, scope: [] });
    const code = `exports.onExecuteCredentialsExchange = async (event, api) =>
      api.accessToken.setCustomClaim('https://test/seen', [event.request.geoip.cityName ?? null, process.version]);`;
    const supported_triggers = [{ id: 'credentials-exchange', version: 'v2' }];
    const { id } = await call('POST', '/actions/actions', { name: 'seeing', code, supported_triggers });
    for (;;) {
      const { status, errors, build_errors } = await call('GET', `/actions/actions/${id}`);
      if (status === 'failed') return errors ?? build_errors;
      if (status === 'built') break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await call('POST', `/actions/actions/${id}/deploy`);
    await call('PATCH', '/actions/triggers/credentials-exchange/bindings', {
      bindings: [{ ref: { type: 'action_id', value: id }, display_name: 'seeing' }],
    });
    return decodeJwt(await tokenFor(audience))['https://test/seen'];
  }

  describe('without a network', () => {
    const args = ['tenant', '--json', '--port', '0'];
    const offline = () => ({
      HOME: folder,
      XDG_CACHE_HOME: join(folder, 'cache'),
      LOCALAPPDATA: join(folder, 'cache'),
      npm_config_registry: 'http://127.0.0.1:9/',
      npm_config_fetch_retries: '0',
    });

    it('runs Actions on its own Node.js, knows the location of this machine, and ends on SIGTERM with exit status 0', async () => {
      const here = join(folder, 'here.json');
      writeFileSync(here, '{"cityName":"Hamburg"}');
      running = start([...args, '--own-node', '--geoip', here], { environment: offline() });
      expect(await seenByAction(running)).toEqual(['Hamburg', process.version]);
      await running.signal('SIGTERM');
      expect((await running.ended).status).toBe(0);
    });

    it('reports what to do about a runtime that cannot be fetched', async () => {
      running = start(args, { environment: offline() });
      expect(JSON.stringify(await seenByAction(running))).toMatch(/node22 is Node\.js 22.*--own-node/);
    });
  });

  it('runs Actions on the Node.js of their runtime, and knows no city unless it is given', async () => {
    running = start(['tenant', '--json', '--port', '0']);
    expect(await seenByAction(running)).toEqual([null, expect.stringMatching(/^v22\./)]);
  });

  it.each([
    ['is no JSON', '{', '[geoip_invalid]', 'not JSON'],
    ['has a member of another name', '{"country":"DE"}', '[geoip_invalid]', 'country'],
    ['has a place off the globe', '{"latitude":99}', '[geoip_invalid]', 'latitude'],
    ['is not there', undefined, '[geoip_unreadable]', 'there is no such file'],
  ])('refuses a --geoip file that %s', async (_, content, code, words) => {
    const file = join(folder, 'here.json');
    if (content !== undefined) writeFileSync(file, content);
    const { status, stderr } = await run(['tenant', '--geoip', file]);
    expect(status).toBe(2);
    expect(stderr).toContain(code);
    expect(stderr).toContain(words);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it('ends on SIGINT with exit status 130 and leaves nothing behind', async () => {
    const work = join(folder, 'work');
    mkdirSync(work);
    spawned = spawnCommand(['tenant', '--memory', '--json', '--port', '0'], { environment: { TMPDIR: work } });
    const { caFile } = JSON.parse(await spawned.line(/^\{/));
    expect(readdirSync(work)).not.toEqual([]);
    expect((await spawned.kill('SIGINT')).status).toBe(130);
    expect(readdirSync(work)).toEqual([]);
    // The certificate is the same at the next start, so that it is trusted once.
    expect(existsSync(caFile)).toBe(true);
  });

  it('stores its data in a data folder', async () => {
    const args = ['tenant', '--json', '--port', '0', '--data', folder];
    running = start(args);
    const first = JSON.parse(await running.line(/^\{/));
    await running.stop();
    running = start(args);
    const second = JSON.parse(await running.line(/^\{/));
    expect(second.management.clientId).toBe(first.management.clientId);
    expect(second.management.clientSecret).toBe(first.management.clientSecret);
  });

  it('refuses a port that is in use', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { status, stderr } = await run(['tenant', '--port', String(port)]);
    server.close();
    expect(status).toBe(2);
    expect(stderr).toContain('[port_in_use]');
    expect(stderr).toContain('--port 0');
  });

  it.each([
    ['tenant', '--http-port'],
    ['dev', '--http-port'],
    ['dev', '--app-port'],
  ])('%s names %s where that port is in use', async (command, option) => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const others = ['--port', '--http-port', ...(command === 'dev' ? ['--app-port'] : [])]
      .filter((other) => other !== option)
      .flatMap((other) => [other, '0']);
    const { status, stderr } = await run([command, ...others, option, String(port)]);
    server.close();
    expect(status).toBe(2);
    expect(stderr).toMatch(new RegExp(`port ${port} is in use`, 'i'));
    expect(stderr).toContain('[port_in_use]');
    expect(stderr).toContain(` ${option} 0`);
  });

  it.each([
    ['tenant', ['--port', '--http-port']],
    ['dev', ['--port', '--http-port', '--app-port']],
    ['dev --once', ['--port', '--http-port', '--app-port']],
  ])('%s names all of its ports at once if all are in use', async (command, options) => {
    const servers = await Promise.all(
      options.map(async () => {
        const server = createServer().listen(0, '127.0.0.1');
        await once(server, 'listening');
        return server;
      }),
    );
    const ports = servers.map((server) => String((server.address() as AddressInfo).port));
    const args = options.flatMap((option, index) => [option, ports[index] ?? '']);
    const { status, stderr } = await run([...command.split(' '), ...args]);
    for (const server of servers) server.close();
    expect(status).toBe(2);
    for (const port of ports) expect(stderr).toContain(port);
    expect(stderr).toContain(options.map((option) => `${option} 0`).join(' '));
  });

  it('refuses a folder that contains other files, and leaves them alone', async () => {
    writeFileSync(join(folder, 'thesis.txt'), 'years of work');
    const { status, stderr } = await run(['tenant', '--port', '0', '--data', folder]);
    expect(status).toBe(2);
    expect(stderr).toContain('[data_folder_foreign]');
    expect(existsSync(join(folder, 'tenant.sqlite'))).toBe(false);
  });

  it("refuses a database that is not a tenant's", async () => {
    writeFileSync(join(folder, 'tenant.sqlite'), 'not a database at all, but long enough to look like a file');
    const { status, stderr } = await run(['tenant', '--port', '0', '--data', folder]);
    expect(status).toBe(2);
    expect(stderr).toContain(join(folder, 'tenant.sqlite'));
    expect(stderr).toContain('[not_a_database]');
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it('refuses a path that cannot be a folder', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const { status, stderr } = await run(['tenant', '--port', '0', '--data', join(file, 'below')]);
    expect(status).toBe(2);
    expect(stderr).toContain('[data_folder_unusable]');
  });

  it('refuses a folder on which another tenant runs, and takes one over that was killed', async () => {
    const data = join(folder, 'data');
    mkdirSync(data);
    const args = ['tenant', '--json', '--port', '0', '--data', data];
    spawned = spawnCommand(args);
    await spawned.line(/^\{/);
    const second = await run(args);
    expect(second.status).toBe(2);
    expect(second.stderr).toContain('[data_folder_in_use]');
    await spawned.kill('SIGKILL');
    running = start(args);
    await running.line(/^\{/);
  });

  it('takes a folder over whose lock names its own process id, as in a container that starts again', async () => {
    const data = join(folder, 'data');
    mkdirSync(data);
    writeFileSync(join(data, 'tenant.lock'), String(process.pid));
    running = start(['tenant', '--json', '--port', '0', '--data', data]);
    await running.line(/^\{/);
  });

  it('refuses a folder without a name', async () => {
    const { status, stderr } = await run(['tenant', '--port', '0', '--data', ''], { cwd: folder });
    expect(status).toBe(2);
    expect(stderr).toMatch(/--data.*empty/);
    expect(existsSync(join(folder, 'tenant.sqlite'))).toBe(false);
  });

  it('ends, and leaves nothing behind, if its output is no longer read', async () => {
    const work = join(folder, 'work');
    mkdirSync(work);
    spawned = spawnCommand(['tenant', '--port', '0'], { environment: { TMPDIR: work } });
    spawned.child.stdout?.destroy();
    const { status, stderr } = await spawned.ended;
    expect(status).toBe(0);
    expect(stderr).toBe('');
    expect(readdirSync(work).filter((name) => name.startsWith('portcullis-'))).toEqual([]);
  });
});
