import type { Management } from 'auth0';
import { segment } from '../../management/tenant-requests.ts';
import type { GateDocument } from '../gate/gate-document.ts';
import type { Overview } from './overview-document.ts';

/** Something on the tenant that does not work as its operator will expect, and the screen that mends it. */
export interface Finding {
  readonly text: string;
  readonly path: string;
  readonly severe: boolean;
}

/** The state of the tenant that findings come from. */
export interface TenantState {
  readonly actions: readonly Management.Action[];
  /** Ids of the Actions in the flow of each trigger. */
  readonly bound: ReadonlyMap<string, readonly string[]>;
  readonly gate: GateDocument | null | undefined;
  /** The latest runs of each Action. */
  readonly overview: Pick<Overview, 'actions'>;
}

/**
 * The findings about a tenant, severe ones first.
 *
 * @example
 * findingsOf({ actions: [], bound: new Map(), gate: undefined, overview: { actions: [] } }) // []
 */
export function findingsOf({ actions, bound, gate, overview }: TenantState): Finding[] {
  return [...ofRuns(overview, actions), ...actions.flatMap((action) => ofAction(action, bound)), ...ofGate(gate)].sort(
    (one, other) => Number(other.severe) - Number(one.severe),
  );
}

/** Failed runs of the Actions that there are. An Action of the login refuses it when it fails; those of other triggers may not. */
function ofRuns(overview: TenantState['overview'], actions: TenantState['actions']): Finding[] {
  return overview.actions.flatMap(({ id, name, failed, runs }) => {
    const action = actions.find((one) => one.id === id);
    if (failed === 0 || action === undefined) return [];
    const isLogin = action.supported_triggers?.some((trigger) => trigger.id === 'post-login') === true;
    const latest = runs === 1 ? 'run' : `${runs} runs`;
    return [
      {
        text: `“${name}” failed in ${failed} of its latest ${latest}${isLogin ? ': such a login is refused' : ''}.`,
        path: `/console/actions/library/${segment(id)}`,
        severe: true,
      },
    ];
  });
}

function ofAction(action: Management.Action, bound: TenantState['bound']): Finding[] {
  const { id = '', name = '', status, deployed_version: deployed, all_changes_deployed: all } = action;
  const path = `/console/actions/library/${segment(id)}`;
  if (status === 'failed') return [{ text: `The build of “${name}” failed.`, path, severe: true }];
  if (status !== 'built') return [];
  if (deployed === undefined) return [{ text: `“${name}” is not deployed, so it does not run.`, path, severe: false }];
  const [trigger] = action.supported_triggers ?? [];
  const isBound = bound.get(trigger?.id ?? '')?.includes(id);
  return [
    ...(isBound === false
      ? [
          {
            text: `“${name}” is deployed, but not in its flow, so it does not run.`,
            path: `/console/actions/triggers/${segment(trigger?.id ?? '')}`,
            severe: false,
          },
        ]
      : []),
    ...(all ? [] : [{ text: `The draft of “${name}” is newer than version ${deployed.number}.`, path, severe: false }]),
  ];
}

function ofGate(gate: TenantState['gate']): Finding[] {
  if (gate === undefined) return [];
  const path = '/console/gate';
  if (gate === null) return [{ text: 'The policy is not applied to the tenant yet.', path, severe: true }];
  const failing = gate.file?.tests.filter(({ holds }) => !holds) ?? [];
  return [
    ...(gate.file?.problem
      ? [{ text: `${gate.file.name} is not in use: ${gate.file.problem.message}`, path, severe: true }]
      : []),
    ...failing.map(({ visitor, outcome }) => ({
      text: `A test of the policy fails: ${visitor} would be ${outcome}.`,
      path,
      severe: true,
    })),
  ];
}
