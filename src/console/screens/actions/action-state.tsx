import type { Management } from 'auth0';
import { Badge } from '../../parts/badge.tsx';

/** Whether an Action is built and deployed, and whether its draft is newer. */
export function ActionState({ action }: { action: Management.Action }) {
  const { status, deployed_version: deployed, all_changes_deployed: all } = action;
  if (status === 'failed') return <Badge look="bad">the build failed</Badge>;
  if (status !== 'built') return <Badge>building…</Badge>;
  if (deployed === undefined) return <Badge look="warning">not deployed</Badge>;
  if (all) return <Badge look="good">deployed, version {deployed.number}</Badge>;
  return <Badge look="warning">version {deployed.number} is deployed, the draft is newer</Badge>;
}
