import { existsSync } from 'node:fs';
import { diagnose } from '../../apex/doctor/diagnose.ts';
import type { DoctorContext } from '../../apex/doctor/diagnosed-scheme.ts';
import { apexExport } from '../../apex/export/apex-export.ts';
import { readExportFiles } from '../../apex/export/read-export-files.ts';
import { CONFIGURATION_FILE, loadConfiguration } from '../../configuration/load-configuration.ts';
import { EXIT_STATUS } from '../exit-status.ts';
import { coloursFor } from '../terminal.ts';
import { describeDiagnosis } from './describe-diagnosis.ts';

/** What was typed behind `portcullis apex doctor FILE`. */
export interface DoctorOptions {
  readonly config?: string;
  readonly json?: boolean;
}

/**
 * Reads the export, and prints what is wrong with it.
 *
 * @throws {ExportError} where it cannot be read
 * @throws {ConfigurationError} where the configuration is wrong
 */
export async function runDoctor(file: string, options: DoctorOptions): Promise<void> {
  const context = await contextOf(options.config);
  const diagnosis = diagnose(apexExport(await readExportFiles(file)), context);
  if (options.json)
    process.stdout.write(`${JSON.stringify({ file, policy: context.policy !== undefined, ...diagnosis })}\n`);
  else process.stdout.write(describeDiagnosis(diagnosis, context, coloursFor(process.stdout)));
  if (diagnosis.findings.some(({ status }) => status === 'fail')) process.exitCode = EXIT_STATUS.different;
}

/** A doctor without a policy still sees much: only a configuration that was named must be there. */
async function contextOf(config: string | undefined): Promise<DoctorContext> {
  if (config === undefined && !existsSync(CONFIGURATION_FILE)) return {};
  const { policy, deployment, apex } = await loadConfiguration({ path: config });
  return {
    policy,
    ...(deployment.domain === undefined ? {} : { domain: deployment.domain }),
    ...(apex?.scheme === undefined ? {} : { schemeName: apex.scheme }),
  };
}
