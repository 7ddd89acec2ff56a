import type { Management } from 'auth0';

/** Whether an Action is built and deployed, and whether its draft is newer. */
export function ActionState({ action }: { action: Management.Action }) {
  const { status, deployed_version: deployed, all_changes_deployed: all } = action;
  if (status === 'failed') return <span className="bad">the build failed</span>;
  if (status !== 'built') return <span className="muted">building…</span>;
  if (deployed === undefined) return <span className="warning">not deployed</span>;
  if (all) return <span className="good">deployed, version {deployed.number}</span>;
  return <span className="warning">version {deployed.number} is deployed, the draft is newer</span>;
}
