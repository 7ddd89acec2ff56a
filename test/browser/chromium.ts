import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import { cacheFolder } from '../../src/tenant/store/data-folder.ts';

const run = promisify(execFile);
const modules = join(import.meta.dirname, '..', '..', 'node_modules');

/** A browser of the machine's own, for machines that the packed one is not made for. */
const ownBrowser = process.env.PORTCULLIS_TEST_CHROMIUM;

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  // Tests speak to this machine alone; whatever else a page names is not found, on every machine alike.
  '--no-proxy-server',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1, EXCLUDE [::1]',
];

/** The bundled typeface first, so that pages look alike everywhere; the machine's own for what it lacks. */
const fontConfiguration = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
  <alias><family>system-ui</family><prefer><family>Open Sans</family></prefer></alias>
  <alias><family>sans-serif</family><prefer><family>Open Sans</family></prefer></alias>
</fontconfig>
`;

/**
 * Starts a headless Chromium with a fresh profile, as any user, on a machine that has neither a browser nor the
 * libraries or the fonts for one: all of it comes out of the package `@sparticuz/chromium` (Linux on x64). Elsewhere
 * set `PORTCULLIS_TEST_CHROMIUM` to the path of a Chromium.
 *
 * @returns the browser; close it. Certificates are left to its contexts (`ignoreHTTPSErrors`).
 * @throws Error when there is no browser for this machine.
 * @example
 * const browser = await launchChromium();
 * const page = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage();
 */
export async function launchChromium(): Promise<Browser> {
  if (ownBrowser !== undefined) return chromium.launch({ executablePath: ownBrowser, headless: true, args: flags });
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `The packed Chromium is made for Linux on x64, and this is ${process.platform} on ${process.arch}. ` +
        'Set PORTCULLIS_TEST_CHROMIUM to the path of a Chromium or Chrome of this machine.',
    );
  }
  unpacking ??= unpacked();
  const folder = await unpacking;
  const executablePath = join(folder, 'chromium');
  const env = await environment(folder, executablePath);
  return chromium.launch({ executablePath, headless: true, args: flags, env });
}

let unpacking: Promise<string> | undefined;

/**
 * The folder with the browser. Test files run at once in processes of their own, so each that finds none unpacks into
 * a folder of its own, and the first to be done gives it the name that counts: a half-written browser never has it.
 */
async function unpacked(): Promise<string> {
  const description = await readFile(join(modules, '@sparticuz', 'chromium', 'package.json'), 'utf8');
  const { version } = JSON.parse(description) as { version: string };
  const folder = cacheFolder(`chromium-${version}`);
  if (existsSync(folder)) return folder;

  await mkdir(dirname(folder), { recursive: true });
  const own = await mkdtemp(`${folder}.`);
  try {
    await unpackInto(own);
    await rename(own, folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(own, { recursive: true, force: true });
  }
  return folder;
}

/**
 * The package unpacks into the temporary folder, and its libraries only where it takes the machine for Amazon's
 * (`AWS_EXECUTION_ENV`). A process of its own is told both without either being true of this one.
 */
async function unpackInto(folder: string): Promise<void> {
  const script = "import chromium from '@sparticuz/chromium'; await chromium.executablePath();";
  await run(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: dirname(modules),
    env: { TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
  });
  await mkdir(join(folder, 'home'));
  await writeFile(join(folder, 'fonts.conf'), fontConfiguration);
}

/** Nothing of the person's own: no home with certificates or settings, no proxy. */
async function environment(folder: string, executablePath: string): Promise<Record<string, string>> {
  const home = join(folder, 'home');
  const own = {
    PATH: process.env.PATH ?? '',
    HOME: home,
    XDG_CACHE_HOME: join(home, '.cache'),
    XDG_CONFIG_HOME: join(home, '.config'),
    FONTCONFIG_FILE: join(folder, 'fonts.conf'),
  };
  // The machine's own libraries fit its C library best; the packed ones are for machines that lack some.
  const starts = await run(executablePath, ['--version'], { env: own }).then(
    () => true,
    () => false,
  );
  return starts ? own : { ...own, LD_LIBRARY_PATH: join(folder, 'al2023', 'lib') };
}
