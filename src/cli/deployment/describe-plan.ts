import { describeLoss, isStopping } from '../../deployment/loss.ts';
import type { DeploymentPlan } from '../../deployment/plan/plan-deployment.ts';
import type { PlannedChange, PlannedField } from '../../deployment/plan/planned-change.ts';
import type { Colours } from '../colours.ts';
import { printable } from '../printable.ts';
import { wrap } from '../wrap.ts';

const RESOURCES: Readonly<Record<PlannedChange['resource'], string>> = {
  application: 'application',
  application_urls: 'application',
  client_grant: 'client grant',
  role: 'role',
  action: 'action',
  binding: 'login flow',
};

/**
 * Describes a plan in the form known from Terraform: `+` is created, `~` is changed, and what stays as it is has no sign.
 *
 * @param columns width of the terminal; below 80, long lines are wrapped
 * @example
 * process.stdout.write(describePlan(plan, colours));
 */
export function describePlan(
  { domain, changes, losses, warnings }: DeploymentPlan,
  colours: Colours,
  columns = 80,
): string {
  const width = Math.max(...changes.map((change) => titleOf(change).length));
  const fits = changes.every(({ why }) => 6 + width + printable(why).length <= columns) || columns >= 80;
  const lines = changes.flatMap((change) => [
    ...(fits
      ? [`  ${signOf(change, colours)} ${titleOf(change).padEnd(width)}  ${colours.dim(printable(change.why))}`]
      : [
          `  ${signOf(change, colours)} ${titleOf(change)}`,
          ...wrap(`      ${printable(change.why)}`, columns, 6).map((line) => colours.dim(line)),
        ]),
    ...fieldsOf(change, colours),
  ]);
  return [
    '',
    `  Tenant ${colours.bold(printable(domain))}`,
    '',
    ...lines,
    '',
    ...losses.flatMap((loss) => [
      `  ${isStopping(loss) ? colours.red('!') : colours.yellow('!')} ${wrapped(printable(describeLoss(loss)), columns)}`,
      '',
    ]),
    ...warnings.flatMap((warning) => [`  ${colours.yellow('!')} ${wrapped(printable(warning), columns)}`, '']),
    `  ${summaryOf(changes, colours)}`,
    '',
    '',
  ].join('\n');
}

/** Wraps the text behind a sign if the terminal is narrow. A wide one breaks it by itself. */
function wrapped(text: string, columns: number): string {
  return columns >= 80 ? text : wrap(`    ${text}`, columns, 4).join('\n').trimStart();
}

/** @example titleOf(change) // 'role "APEX User"' */
export function titleOf({ resource, name }: Pick<PlannedChange, 'resource' | 'name'>): string {
  return `${RESOURCES[resource]} "${printable(name)}"`;
}

function signOf({ action }: PlannedChange, colours: Colours): string {
  if (action === 'create') return colours.green('+');
  return action === 'none' ? ' ' : colours.yellow('~');
}

function fieldsOf({ fields }: PlannedChange, colours: Colours): string[] {
  const width = Math.max(0, ...fields.map(({ name }) => name.length));
  return fields.map((field) => `        ${printable(field.name).padEnd(width)}  ${changeOf(field, colours)}`);
}

function changeOf({ before, after }: PlannedField, colours: Colours): string {
  if (before === undefined) return `${colours.green('+')} ${printable(after)}`;
  return `${printable(before)} ${colours.yellow('->')} ${printable(after)}`;
}

function summaryOf(changes: readonly PlannedChange[], colours: Colours): string {
  const count = (...actions: PlannedChange['action'][]) =>
    changes.filter(({ action }) => actions.includes(action)).length;
  const [created, changed, unchanged] = [count('create'), count('update', 'adopt'), count('none')];
  if (created + changed === 0) return colours.green('No changes. The tenant is as the configuration says.');
  return `${colours.bold('Plan:')} ${created} to create, ${changed} to change, ${unchanged} unchanged.`;
}
