import { readDocument } from '../../management/tenant-requests.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { Empty } from '../../parts/empty.tsx';
import { LoadedContent } from '../../parts/loaded-content.tsx';
import { Screen } from '../../parts/screen.tsx';
import type { GateDocument } from './gate-document.ts';
import { GateUsers } from './gate-users.tsx';
import { MadeUpVisitor } from './made-up-visitor.tsx';
import { PolicyFile } from './policy-file.tsx';
import { PolicyInWords } from './policy-in-words.tsx';

/** The gate: the policy, and its decision about every user. */
export function GateScreen() {
  const gate = useLoaded('gate', (signal) => readDocument<GateDocument | null>('gate', {}, signal));
  return (
    <Screen
      title="The gate"
      introduction="The policy that portcullis dev has applied to this tenant. Save a change, then reload this page."
      actions={
        <button type="button" onClick={gate.reload}>
          Reload
        </button>
      }
    >
      <LoadedContent of={gate}>
        {(found) =>
          found === null ? (
            <Empty title="The policy is not applied to the tenant yet.">
              <p>Wait a moment, then reload.</p>
            </Empty>
          ) : (
            <>
              <h2>The policy in words</h2>
              <PolicyInWords gate={found} />
              {found.file && <PolicyFile file={found.file} onWritten={gate.reload} />}
              <MadeUpVisitor gate={found} />
              <GateUsers key={JSON.stringify(found.policy)} gate={found} />
            </>
          )
        }
      </LoadedContent>
    </Screen>
  );
}
