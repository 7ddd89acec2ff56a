import { pathToFileURL } from 'node:url';
import { type LoadConfigurationOptions, loadConfiguration } from '../../src/configuration/load-configuration.ts';

/** The request of a test: the file to run, in the folder that becomes the current one. */
export interface Request {
  readonly file: string;
  readonly folder: string;
}

const outcomes: unknown[] = [];

async function load(options?: LoadConfigurationOptions): Promise<void> {
  try {
    // The limit of a load ends a file that hangs, and no load on a busy machine.
    outcomes.push({ value: await loadConfiguration({ timeoutMs: 120_000, ...options }) });
  } catch (thrown) {
    const { name, code, message, remedy, file, line } = thrown as Record<string, unknown>;
    outcomes.push({ error: { name, code, message, remedy, file, line } });
  }
}

process.on('message', async ({ file, folder }: Request) => {
  process.chdir(folder);
  outcomes.length = 0;
  let failure: string | undefined;
  try {
    const { default: run } = await import(pathToFileURL(file).href);
    await run(load, outcomes);
  } catch (thrown) {
    failure = String(thrown);
  }
  process.send?.({ outcomes, failure });
});
process.on('disconnect', () => process.exit());
