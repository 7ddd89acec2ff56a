import { readDocument } from '../../management/tenant-requests.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { Empty } from '../../parts/empty.tsx';
import { Loads } from '../../parts/loads.tsx';
import { Screen } from '../../parts/screen.tsx';
import type { GateDocument } from './gate-document.ts';
import { GatePeople } from './gate-people.tsx';
import { MadeUpVisitor } from './made-up-visitor.tsx';
import { PolicyInWords } from './policy-in-words.tsx';

/** The gate: what the policy says, and of whom. */
export function GateScreen() {
  const gate = useLoaded('gate', (signal) => readDocument<GateDocument | null>('gate', {}, signal));
  return (
    <Screen
      title="The gate"
      introduction="The policy that portcullis dev has put on this tenant. Save another, and reload this page."
      actions={
        <button type="button" onClick={gate.reload}>
          Reload
        </button>
      }
    >
      <Loads of={gate}>
        {(found) =>
          found === null ? (
            <Empty title="The policy is not on the tenant yet.">
              <p>It will be in a moment. Reload then.</p>
            </Empty>
          ) : (
            <>
              <h2>The policy in words</h2>
              <PolicyInWords gate={found} />
              <MadeUpVisitor gate={found} />
              <GatePeople key={JSON.stringify(found.policy)} gate={found} />
            </>
          )
        }
      </Loads>
    </Screen>
  );
}
