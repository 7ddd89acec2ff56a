import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium, type LaunchOptions } from 'playwright-core';
import { cacheFolder } from '../../src/tenant/store/data-folder.ts';

const run = promisify(execFile);
const modules = join(import.meta.dirname, '..', '..', 'node_modules');

/** A browser of this machine, for machines that the packed one does not support. */
const ownBrowser = process.env.PORTCULLIS_TEST_CHROMIUM;

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  // Tests connect to this machine only. All other host names are unknown, so that tests behave alike on every machine.
  '--no-proxy-server',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1, EXCLUDE [::1]',
];

/** The bundled font first, so that pages look alike everywhere; the machine's fonts for missing characters. */
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
 * Starts a headless Chromium with a fresh profile. The machine needs no browser, libraries or fonts: the package
 * `@sparticuz/chromium` contains them for Linux on x64. On other machines, set `PORTCULLIS_TEST_CHROMIUM` to the path
 * of a Chromium.
 *
 * @returns the browser, which the caller closes. Its contexts decide about certificates (`ignoreHTTPSErrors`).
 * @throws Error if there is no browser for this machine.
 * @example
 * const browser = await launchChromium();
 * const page = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage();
 */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch(await chromiumOptions());
}

/** The options with which Playwright launches that browser. */
export async function chromiumOptions(): Promise<LaunchOptions> {
  if (ownBrowser !== undefined) return { executablePath: ownBrowser, headless: true, args: flags };
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `The packed Chromium is made for Linux on x64, and this is ${process.platform} on ${process.arch}. ` +
        'Set PORTCULLIS_TEST_CHROMIUM to the path of a Chromium or Chrome of this machine.',
    );
  }
  unpacking ??= unpack();
  const folder = await unpacking;
  const executablePath = join(folder, 'chromium');
  const env = await environment(folder, executablePath);
  return { executablePath, headless: true, args: flags, env };
}

let unpacking: Promise<string> | undefined;

/**
 * Returns the folder with the browser; unpacks it if necessary. Test files run in parallel processes. Each process unpacks into
 * its own folder, and the first one to finish renames it to the final name, so that folder is always complete.
 */
async function unpack(): Promise<string> {
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
 * The package unpacks into the temporary folder, and unpacks its libraries only on AWS Lambda (`AWS_EXECUTION_ENV`). A separate
 * process gets both settings, so that this process keeps its own.
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

/** An environment without the user's home folder, certificates, settings and proxy. */
async function environment(folder: string, executablePath: string): Promise<Record<string, string>> {
  const home = join(folder, 'home');
  const own = {
    PATH: process.env.PATH ?? '',
    HOME: home,
    XDG_CACHE_HOME: join(home, '.cache'),
    XDG_CONFIG_HOME: join(home, '.config'),
    FONTCONFIG_FILE: join(folder, 'fonts.conf'),
  };
  // Prefer the machine's libraries, which fit its C library. The packed ones are for machines that lack some.
  const starts = await run(executablePath, ['--version'], { env: own }).then(
    () => true,
    () => false,
  );
  return starts ? own : { ...own, LD_LIBRARY_PATH: join(folder, 'al2023', 'lib') };
}
