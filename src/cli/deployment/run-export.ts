import { exportDeployCli, SECRET_KEYWORD } from '../../deployment/export/export-deploy-cli.ts';
import { exportTerraform } from '../../deployment/export/export-terraform.ts';
import type { ExportedState } from '../../deployment/export/exported-file.ts';
import { planDeployment } from '../../deployment/plan/plan-deployment.ts';
import { readTenant } from '../../deployment/read-tenant.ts';
import { coloursFor } from '../colours.ts';
import { EXIT_STATUS, type ExitStatus } from '../exit-status.ts';
import { explainManagementError } from '../explain-management-error.ts';
import { printable } from '../printable.ts';
import { shellWord } from '../shell-word.ts';
import type { Terminal } from '../terminal.ts';
import { writeFolder } from '../write-folder.ts';
import { deploymentTarget } from './deployment-target.ts';

/** The options of `portcullis export`. */
export interface ExportCommandOptions {
  readonly to: 'deploy-cli' | 'terraform';
  readonly out?: string;
  readonly overwrite?: boolean;
  readonly config?: string;
  readonly json?: boolean;
}

/** Writes the files and shows the next steps. */
export async function runExport(options: ExportCommandOptions, terminal: Terminal): Promise<ExitStatus> {
  const { management, desired } = await deploymentTarget(options.config, terminal);
  const folder = options.out ?? `portcullis-${options.to}`;
  let state: ExportedState;
  try {
    const snapshot = await readTenant(management, desired);
    // An export must not bypass what apply would refuse.
    await planDeployment(snapshot, desired, { adopt: false });
    const write = options.to === 'terraform' ? exportTerraform : exportDeployCli;
    state = await write(management, snapshot, desired);
  } catch (error) {
    throw explainManagementError(error, desired.domain);
  }
  const paths = await writeFolder(folder, state.files, {
    from: terminal.folder,
    overwrite: options.overwrite === true,
  });
  const status = state.complete ? EXIT_STATUS.ok : EXIT_STATUS.changes;
  if (options.json) {
    terminal.stdout.write(`${JSON.stringify({ domain: desired.domain, complete: state.complete, files: paths })}\n`);
    return status;
  }
  const colours = coloursFor(terminal);
  const lines = paths.map((path) => `  ${colours.green('+')} ${printable(path)}`);
  terminal.stdout.write(`\n${lines.join('\n')}\n\n${nextSteps(options, folder, state.complete)}\n`);
  return status;
}

function nextSteps({ to, out, config }: ExportCommandOptions, folder: string, complete: boolean): string {
  const path = shellWord(printable(folder));
  if (to === 'terraform') {
    return `  Next: terraform -chdir=${path} init && terraform -chdir=${path} plan
  The state that Terraform keeps holds the application's secret: keep it where secrets are kept.\n`;
  }
  const run = `a0deploy import --input_file ${path}`;
  if (!complete) {
    const options = [['--out', out] as const, ['--config', config] as const].flatMap(([option, value]) =>
      value === undefined ? [] : [`${option} ${shellWord(printable(value))}`],
    );
    const again = ['portcullis export --to deploy-cli', ...options, '--overwrite'].join(' ');
    return `  The Action names roles and an application that the tenant does not have yet, so it is left out. Next:
    1. ${run}
    2. ${again}\n`;
  }
  return `  Next: put the client secret of "Portcullis Gate" (Auth0: Applications > Portcullis Gate) in place of the keyword, and import:
    AUTH0_KEYWORD_REPLACE_MAPPINGS='{"${SECRET_KEYWORD}":"…"}' ${run}
  Leave AUTH0_ALLOW_DELETE off: what others created is not in these files.\n`;
}
