import type { Management } from 'auth0';
import { useEffect, useEffectEvent } from 'react';
import { pollWhileVisible } from '../../management/poll-while-visible.ts';
import { manage, readDocument, segment } from '../../management/tenant-requests.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { Empty } from '../../parts/empty.tsx';
import { LoadedContent } from '../../parts/loaded-content.tsx';
import { Screen } from '../../parts/screen.tsx';
import type { GateDocument } from './gate-document.ts';
import { GateUsers } from './gate-users.tsx';
import { MadeUpVisitor } from './made-up-visitor.tsx';
import { PolicyFile } from './policy-file.tsx';
import { PolicyInWords } from './policy-in-words.tsx';

/** A change of the policy file is seen this soon. */
const FOLLOW_MS = 2000;

/** The gate: the policy, and its decision about every user. */
export function GateScreen() {
  const gate = useLoaded('gate', async (signal) => {
    const found = await readDocument<GateDocument | null>('gate', {}, signal);
    // Read with the policy: a name that replaces an id would move the lines below it.
    return found === null ? null : { found, names: await namesOf(found.policy.applications, signal) };
  });
  const follow = useEffectEvent(async () => {
    // A tenant that does not answer is reported by what is shown.
    const now = await readDocument<GateDocument | null>('gate').catch(() => undefined);
    const before = gate.value?.found ?? null;
    if (now !== undefined && JSON.stringify(now) !== JSON.stringify(before)) gate.reload();
  });
  useEffect(() => pollWhileVisible(document, () => void follow(), FOLLOW_MS), []);
  return (
    <Screen
      title="The gate"
      introduction="The policy that portcullis dev has applied to this tenant. A change of its file appears here."
      actions={
        <button type="button" onClick={gate.reload}>
          Reload
        </button>
      }
    >
      <LoadedContent of={gate}>
        {(loaded) =>
          loaded === null ? (
            <Empty title="The policy is not applied to the tenant yet.">
              <p>Wait a moment, then reload.</p>
            </Empty>
          ) : (
            <>
              <h2>The policy in words</h2>
              <PolicyInWords gate={loaded.found} names={loaded.names} />
              {loaded.found.file && <PolicyFile file={loaded.found.file} onWritten={gate.reload} />}
              <MadeUpVisitor gate={loaded.found} />
              <GateUsers key={JSON.stringify(loaded.found.policy)} gate={loaded.found} />
            </>
          )
        }
      </LoadedContent>
    </Screen>
  );
}

/** The names of applications by their client ids. An application that cannot be read has none. */
async function namesOf(ids: readonly string[], signal: AbortSignal): Promise<Readonly<Record<string, string>>> {
  const read = (id: string) =>
    manage.get<Management.GetClientResponseContent>(`clients/${segment(id)}`, { fields: 'name' }, signal).then(
      ({ name }): [string, string][] => (name === undefined ? [] : [[id, name]]),
      () => [],
    );
  return Object.fromEntries((await Promise.all(ids.map(read))).flat());
}
