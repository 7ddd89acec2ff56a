import { diagnose } from '../../apex/doctor/diagnose.ts';
import type { DoctorContext } from '../../apex/doctor/diagnosed-scheme.ts';
import { apexExport } from '../../apex/export/apex-export.ts';
import { readExportFiles } from '../../apex/export/read-export-files.ts';
import { assertGuarded } from '../../apex/generator/apex-target.ts';
import { findConfiguration } from '../../configuration/configuration-file.ts';
import { loadConfiguration } from '../../configuration/load-configuration.ts';
import type { Policy } from '../../policy/policy.ts';
import { coloursFor } from '../colours.ts';
import { EXIT_STATUS, type ExitStatus } from '../exit-status.ts';
import type { Terminal } from '../terminal.ts';
import { describeDiagnosis } from './describe-diagnosis.ts';

/** The options of `portcullis apex doctor FILE`. */
export interface DoctorOptions {
  /** One of the policy's applications. */
  readonly application?: string;
  readonly config?: string;
  readonly json?: boolean;
}

/**
 * Reads the export and prints what is wrong with it.
 *
 * @throws {Problem} if it cannot be read
 * @throws {Problem} if the configuration is wrong
 */
export async function runDoctor(file: string, options: DoctorOptions, terminal: Terminal): Promise<ExitStatus> {
  const context = await contextOf(options, terminal.folder);
  const diagnosis = diagnose(apexExport(await readExportFiles(file, terminal.folder)), context);
  if (options.json)
    terminal.stdout.write(`${JSON.stringify({ file, policy: context.policy !== undefined, ...diagnosis })}\n`);
  else terminal.stdout.write(describeDiagnosis(diagnosis, context, coloursFor(terminal)));
  return diagnosis.findings.some(({ status }) => status === 'fail') ? EXIT_STATUS.different : EXIT_STATUS.ok;
}

/** Without a policy the doctor still finds much: only a configuration that the user named has to exist. */
async function contextOf({ config, application }: DoctorOptions, folder: string): Promise<DoctorContext> {
  if (config === undefined && findConfiguration(folder) === undefined) return {};
  const { policy, deployment, apex } = await loadConfiguration({ path: config, cwd: folder });
  if (application !== undefined) assertGuarded(application, policy);
  const scheme = apex?.applications?.[application ?? '']?.scheme ?? apex?.scheme;
  return {
    policy: application === undefined ? policy : policyAt(application, policy),
    ...(deployment.domain === undefined ? {} : { domain: deployment.domain }),
    ...(scheme === undefined ? {} : { schemeName: scheme }),
  };
}

/** The policy with the landing page of one application. */
function policyAt(application: string, { landingPages = {}, ...policy }: Policy): Policy {
  const page = Object.hasOwn(landingPages, application) ? landingPages[application] : undefined;
  return { ...policy, landingPage: page ?? policy.landingPage };
}
