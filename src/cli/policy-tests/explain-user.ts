import type { Management, ManagementClient } from 'auth0';
import { readEnvironment } from '../../configuration/environment.ts';
import type { Configuration } from '../../configuration/load-configuration.ts';
import { connect } from '../../deployment/connect.ts';
import { decide } from '../../policy/decide.ts';
import { expectedVisitor } from '../../policy/directory-user.ts';
import { explain } from '../../policy/explain.ts';
import { describeDependencies, outlook } from '../../policy/outlook.ts';
import type { Policy } from '../../policy/policy.ts';
import { Problem } from '../../problem/problem.ts';
import { coloursFor } from '../colours.ts';
import { EXIT_STATUS, type ExitStatus } from '../exit-status.ts';
import { explainManagementError } from '../explain-management-error.ts';
import { printable } from '../printable.ts';
import type { Terminal } from '../terminal.ts';
import { trustCertificatesOfEnvFile } from '../trust-env-certificates.ts';

/** The decision about a user at one application, as far as it is known before the login. */
interface ExplainedUser {
  readonly userId: string;
  readonly application: string;
  readonly outcome: 'admit' | 'refuse' | 'depends';
  readonly explanation: string;
}

/**
 * Explains what the policy of a file decides about the users of the tenant with an e-mail address.
 *
 * @throws {Problem} `user_not_found`, and what the environment or the tenant refuses
 */
export async function explainUser(
  email: string,
  { policy, deployment }: Configuration,
  { json }: { readonly json?: boolean },
  terminal: Terminal,
): Promise<ExitStatus> {
  const { environment: variables, folder: cwd } = terminal;
  const environment = readEnvironment({ variables, cwd, domain: deployment.domain });
  trustCertificatesOfEnvFile(terminal);
  const explained = await read(connect(environment), email, policy).catch((error: unknown) => {
    throw explainManagementError(error, environment.domain);
  });
  if (json) terminal.stdout.write(`${JSON.stringify({ users: explained })}\n`);
  else terminal.stdout.write(textOf(explained, terminal));
  return EXIT_STATUS.ok;
}

async function read(management: ManagementClient, email: string, policy: Policy): Promise<ExplainedUser[]> {
  const users = await management.users.listUsersByEmail({ email: email.toLowerCase() });
  if (users.length === 0) throw new Problem('user_not_found', 'The tenant has no user with that e-mail address.');
  const explained: ExplainedUser[] = [];
  for (const user of users) {
    const roles: string[] = [];
    for await (const { name } of await management.users.roles.list(user.user_id ?? '', { per_page: 100 })) {
      if (name !== undefined) roles.push(name);
    }
    for (const application of policy.applications) explained.push(explainedUser(user, application, roles, policy));
  }
  return explained;
}

function explainedUser(
  user: Management.UserResponseSchema,
  application: string,
  roles: readonly string[],
  policy: Policy,
): ExplainedUser {
  const visitor = { ...expectedVisitor(user, roles, Date.now()), application };
  const expected = outlook(policy, visitor);
  const facts = { userId: user.user_id ?? '', application };
  if (user.blocked === true) {
    return { ...facts, outcome: 'refuse', explanation: 'The tenant refuses the sign-in: the user is blocked.' };
  }
  if (expected.outcome === 'depends') {
    const explanation = `Depends on the login: ${describeDependencies(expected.on)}.`;
    return { ...facts, outcome: 'depends', explanation };
  }
  const outcome = expected.outcome === 'refuse' ? 'refuse' : 'admit';
  return { ...facts, outcome, explanation: explain(decide(policy, visitor)) };
}

function textOf(explained: readonly ExplainedUser[], terminal: Terminal): string {
  const colours = coloursFor(terminal);
  const signs = { admit: colours.green('✓'), refuse: colours.red('✗'), depends: colours.yellow('?') };
  const lines = explained.map(
    ({ userId, application, outcome, explanation }) =>
      `  ${signs[outcome]} ${printable(userId)} at "${printable(application)}"\n    ${printable(explanation)}`,
  );
  return `\n${lines.join('\n')}\n\n`;
}
