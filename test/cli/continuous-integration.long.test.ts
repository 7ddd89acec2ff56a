// docs/continuous-integration.md: the action, the container and the configurations, as far as they run without the services that they are for.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { networkInterfaces, tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseEnv, promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { until } from '../until.ts';
import { readDocument } from './document-content.ts';
import { type InstalledPackage, installPackage, readerEnvironment } from './installed-package.ts';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../..');
const page = readDocument('docs/continuous-integration.md');

const SEED = `clients:
  - { name: Web, app_type: regular_web, callbacks: [http://localhost:3000/callback] }
  - { name: Worker, app_type: non_interactive, grant_types: [client_credentials] }
users: [{ email: una@example.com, password: Open-1-gate }]
`;
/** A test of the reader's: it needs the tenant of its variables, with the seed on it. */
const TEST = `
const { AUTH0_ISSUER_BASE_URL: issuer, AUTH0_CLIENT_ID, AUTH0_CALLBACK_URL } = process.env;
const { ok } = await fetch(issuer + '/.well-known/openid-configuration');
if (!ok || !AUTH0_CLIENT_ID || AUTH0_CALLBACK_URL !== 'http://localhost:3000/callback') throw new Error(issuer);
console.log('the test passed');
`;

let installed: InstalledPackage;
let tarball: string;
beforeAll(async () => {
  installed = await installPackage();
  const { folder } = installed;
  tarball = join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '');
  giveProject(folder);
});
afterAll(() => installed?.remove());

function giveProject(folder: string): void {
  mkdirSync(join(folder, 'auth0'));
  writeFileSync(join(folder, 'auth0', 'tenant.yaml'), SEED);
  writeFileSync(join(folder, 'check.mjs'), TEST);
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...manifest, scripts: { test: 'node check.mjs' } }));
}

interface Step {
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

/** The configurations of the page by the names in their first lines. */
const CONFIGURATIONS = new Map(
  [...page.matchAll(/```(?:yaml|groovy)\n(?:#|\/\/) (\S+)\n([\s\S]*?)```/g)].map(([, name = '', text = '']) => [
    name,
    text,
  ]),
);
const configuration = (name: string) => CONFIGURATIONS.get(name) ?? '';
const stepsOf = (name: string): readonly Step[] => parse(configuration(name)).jobs.test.steps;

const action = parse(readFileSync(join(root, 'action.yml'), 'utf8')) as {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly steps: readonly [Step, ...Step[]] };
};

/** Runs a step as a runner of GitHub does: a file for bash, and files for the variables and outputs that it sets. */
async function runAction(folder: string, inputs: Readonly<Record<string, string>>) {
  const temporary = mkdtempSync(join(tmpdir(), 'runner-'));
  const file = (name: string) => join(temporary, name);
  for (const name of ['environment', 'output']) writeFileSync(file(name), '');
  const [step] = action.runs.steps;
  writeFileSync(file('step.sh'), step.run ?? '');
  const inputVariables = Object.fromEntries(
    Object.entries(step.env ?? {}).map(([name, expression]) => {
      const input = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(expression)?.[1] ?? '';
      return [name, inputs[input] ?? action.inputs[input]?.default];
    }),
  );
  const env = {
    ...readerEnvironment(installed),
    ...inputVariables,
    RUNNER_TEMP: temporary,
    GITHUB_ENV: file('environment'),
    GITHUB_OUTPUT: file('output'),
  };
  const ended = await run('bash', ['--noprofile', '--norc', '-eo', 'pipefail', file('step.sh')], {
    cwd: folder,
    env,
  }).then(
    ({ stdout }) => ({ status: 0, stdout }),
    ({ code, stdout }: { code: number; stdout: string }) => ({ status: code, stdout }),
  );
  return {
    ...ended,
    variables: parseEnv(readFileSync(file('environment'), 'utf8')),
    outputs: parseEnv(readFileSync(file('output'), 'utf8')),
    remove: () => rmSync(temporary, { recursive: true, force: true }),
  };
}

const runLine = async (line: string, variables: NodeJS.Dict<string> = {}) => {
  const options = { cwd: installed.folder, env: { ...readerEnvironment(installed), ...variables } };
  return (await run('bash', ['-c', line], options)).stdout;
};

async function stop(pid: string | undefined, issuer: string | undefined): Promise<void> {
  process.kill(Number(pid));
  await until(() =>
    fetch(`${issuer}/.well-known/jwks.json`).then(
      () => false,
      () => true,
    ),
  );
}

describe('the action of GitHub', () => {
  it('has a description for each input and output, and each is in the page', () => {
    const [step] = action.runs.steps;
    const used = Object.values(step.env ?? {}).map((expression) => /inputs\.([\w-]+)/.exec(expression)?.[1]);
    expect(used).toEqual(Object.keys(action.inputs));
    for (const name of [...used, ...Object.keys(action.outputs)]) expect(page).toContain(`\`${name}\``);
  });

  it('starts a tenant that the documented steps after it use', async () => {
    const steps = stepsOf('.github/workflows/steps.yml');
    const index = steps.findIndex(({ uses }) => uses === './node_modules/portcullis');
    const { status, stdout, variables, outputs, remove } = await runAction(installed.folder, steps[index]?.with ?? {});
    expect({ status, stdout }).toMatchObject({ status: 0 });
    expect(outputs.domain).toBe(variables.AUTH0_DOMAIN);
    expect(variables).toMatchObject({
      AUTH0_CLIENT_ID: expect.stringMatching(/./),
      AUTH0_BASE_URL: 'http://localhost:3000',
      APP_BASE_URL: 'http://localhost:3000',
      NODE_EXTRA_CA_CERTS: expect.stringMatching(/\.pem$/),
    });
    const after = steps.slice(index + 1).map((step) => step.run ?? '');
    expect(after).toHaveLength(2);
    const [keys = '', test = ''] = [await runLine(after[0] ?? '', variables), await runLine(after[1] ?? '', variables)];
    expect(JSON.parse(keys)).toMatchObject({ keys: expect.any(Array) });
    expect(test).toContain('the test passed');
    await stop(outputs.pid, variables.AUTH0_ISSUER_BASE_URL);
    remove();
  });

  it('fails with the message of a seed that has a mistake, and sets no variable', async () => {
    writeFileSync(join(installed.folder, 'wrong.yaml'), 'clients: [{ name: Web, callback: [] }]');
    const { status, stdout, variables, remove } = await runAction(installed.folder, { seed: 'auth0\nwrong.yaml' });
    expect(status).toBe(1);
    expect(stdout).toMatch(/clients "Web".*callback[\s\S]*\[seed_refused\][\s\S]*::error title=Portcullis::/);
    expect(variables).toEqual({});
    remove();
  });

  it('installs the package that it names for a project that has none', async () => {
    const project = mkdtempSync(join(tmpdir(), 'project-'));
    const { status, stdout, variables, outputs, remove } = await runAction(project, { package: tarball });
    expect({ status, stdout }).toMatchObject({ status: 0 });
    expect(readdirSync(project)).toEqual([]);
    await stop(outputs.pid, variables.AUTH0_ISSUER_BASE_URL);
    remove();
    rmSync(project, { recursive: true });
  });
});

it('the commands of each configuration run the tests', async () => {
  const github = stepsOf('.github/workflows/test.yml').flatMap((step) => step.run ?? []);
  const gitlab: readonly string[] = parse(configuration('.gitlab-ci.yml')).test.script;
  const jenkins = [...configuration('Jenkinsfile').matchAll(/sh '([^']+)'/g)].map(([, line = '']) => line);
  const [install, command = '', ...more] = github;
  expect([install, more]).toEqual(['npm ci', []]);
  expect(gitlab).toEqual(github);
  expect(jenkins).toEqual(github);
  // The package is installed already, as `npm ci` does.
  expect(await runLine(command)).toContain('the test passed');
});

describe('the container', () => {
  const instructions = readFileSync(join(root, 'Containerfile'), 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, name = '', value = ''] = /^([A-Z]+) (.+)$/.exec(line) ?? [];
      return name === '' ? [] : [{ name, value }];
    });
  const listOf = (text = ''): readonly string[] => JSON.parse(/\[.*\]$/.exec(text)?.[0] ?? '[]');
  const instruction = (name: string) => instructions.find((one) => one.name === name)?.value;

  let image: string;
  let env: NodeJS.ProcessEnv;
  let running: ChildProcess | undefined;
  afterAll(async () => {
    running?.kill('SIGKILL');
    if (image !== undefined) rmSync(image, { recursive: true, force: true });
  });

  it('has what its file installs, and starts a tenant that is reached from outside', async () => {
    image = mkdtempSync(join(tmpdir(), 'image-'));
    const inImage = (path: string) => join(image, path);
    const variables = Object.fromEntries(
      (instruction('ENV') ?? '').split(' ').map((one) => {
        const [name = '', value = ''] = one.split('=');
        return [name, value.startsWith('/') ? inImage(value) : value];
      }),
    );
    const { PATH } = installed.env;
    env = {
      ...readerEnvironment(installed),
      ...variables,
      // In place of the prefix and the cache of the image.
      npm_config_prefix: inImage('usr/local'),
      npm_config_cache: inImage('npm-cache'),
      PATH: `${inImage('usr/local/bin')}${delimiter}${PATH}`,
    };
    let folder = image;
    for (const { name, value } of instructions) {
      if (name === 'WORKDIR') {
        folder = inImage(value);
        mkdirSync(folder, { recursive: true });
      }
      if (name === 'COPY') copyFileSync(tarball, join(folder, 'portcullis-0.1.0.tgz'));
      if (name === 'RUN') await run('sh', ['-c', value.replaceAll(' /', ` ${image}/`)], { cwd: folder, env });
    }
    expect(readdirSync(inImage('opt/portcullis'))).toEqual([]);
    expect(readdirSync(inImage('usr/local/lib/node_modules'))).toEqual(['portcullis']);
    mkdirSync(join(folder, 'auth0'));
    writeFileSync(join(folder, 'auth0', 'tenant.yaml'), SEED);

    const [program = '', ...options] = listOf(instruction('ENTRYPOINT'));
    // The ports of the image may be in use on this machine: the options after them count.
    const more = ['--seed', 'auth0', '--json', '--port', '0', '--http-port', '0'];
    const child = spawn(program, [...options, ...more], { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
    running = child;
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    const { loopbackUrl, caFile } = JSON.parse(line);
    expect(caFile).toBe(inImage('cache/portcullis/tenant/keys/ca.pem'));
    const { host, port } = new URL(loopbackUrl);
    const outside = Object.values(networkInterfaces())
      .flat()
      .find((one) => one?.family === 'IPv4' && !one.internal)?.address;
    const request = get({ host: outside ?? '127.0.0.1', port, path: '/.well-known/jwks.json', headers: { host } });
    const [response] = await once(request, 'response');
    response.resume();
    expect(response.statusCode).toBe(200);

    const [node = '', ...check] = listOf(instruction('HEALTHCHECK'));
    const here = check.map((one) => one.replace('localhost:4001', host));
    expect(here).not.toEqual(check);
    await run(node, here, { env });
    child.kill('SIGTERM');
    const [status] = await once(child, 'exit');
    expect(status).toBe(0);
    await expect(run(node, here, { env })).rejects.toMatchObject({ code: 1 });
  });

  it('has the ports that the page publishes', () => {
    const options = listOf(instruction('ENTRYPOINT'));
    expect(options.slice(options.indexOf('--port'))).toEqual(['--port', '4000', '--http-port', '4001']);
    expect(instruction('EXPOSE')).toBe('4000 4001');
    expect(page).toContain('docker run --publish 4000:4000 --publish 4001:4001 ');
  });
});
