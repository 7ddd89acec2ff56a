import { RotateCw } from 'lucide-react';
import { useState } from 'react';
import { changeDocument, readDocument, segment } from '../../management/tenant-requests.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { pageSettings } from '../../page-settings.ts';
import { Choice } from '../../parts/choice.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Icon } from '../../parts/icon.tsx';
import { LoadedContent } from '../../parts/loaded-content.tsx';
import { Screen } from '../../parts/screen.tsx';
import type { GateDocument } from '../gate/gate-document.ts';
import { LoginComparison } from './login-comparison.tsx';
import type { Replay, WholeLogin } from './recorded-login.ts';

const CHOICES = [
  { value: 'drafts', label: 'Drafts' },
  { value: 'deployed', label: 'Deployed' },
] as const;

/** A login beside what the Actions would make of it now. */
export function ReplayScreen({ id }: { id: string }) {
  const [actions, setActions] = useState<'drafts' | 'deployed'>('drafts');
  const replay = useLoaded(`replay ${id} ${actions}`, async (signal) => {
    const [recorded, again, gate] = await Promise.all([
      readDocument<WholeLogin | null>('login', { id }, signal),
      changeDocument<Replay | null>('replay', { id, drafts: actions === 'drafts' }),
      pageSettings.documents.includes('gate') ? readDocument<GateDocument | null>('gate', {}, signal) : null,
    ]);
    return { recorded, again, gate };
  });
  return (
    <Screen
      title="Replay"
      up={{ label: 'Login', path: `/console/logins/${segment(id)}` }}
      introduction="The Actions, and so the policy, run once more for this login, with its user and application as they are now. The tenant’s own checks, such as of a blocked user, are not repeated. Nothing is stored or changed, but a request that an Action itself sends is sent."
      actions={
        <>
          <Choice label="Versions of the Actions" options={CHOICES} value={actions} onChange={setActions} />
          <button type="button" disabled={replay.loading} aria-busy={replay.loading} onClick={replay.reload}>
            <Icon of={RotateCw} /> Replay
          </button>
        </>
      }
    >
      <LoadedContent of={replay}>
        {({ recorded, again, gate }) => {
          if (recorded === null || again === null) {
            return (
              <Empty title="Login not found.">
                <p>It may belong to another tenant, or to this one with another data folder.</p>
              </Empty>
            );
          }
          if ('impossible' in again) {
            return (
              <Empty title="This login cannot be replayed.">
                <p>{again.impossible}</p>
              </Empty>
            );
          }
          return (
            <>
              {actions === 'drafts' && (
                <p className="muted">
                  {again.drafts.length === 0
                    ? 'No Action of the flow has a draft that differs from what is deployed.'
                    : `As drafts: ${again.drafts.join(', ')}.`}
                </p>
              )}
              <LoginComparison recorded={recorded} replayed={again.login} gate={gate} />
            </>
          );
        }}
      </LoadedContent>
    </Screen>
  );
}
