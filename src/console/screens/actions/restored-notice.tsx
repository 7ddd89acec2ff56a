import { lostSecretsOf } from './stored-draft.ts';
import type { EditedAction } from './use-action.ts';

/** A notice that an unsaved draft was restored, and which secrets lost their values, with a button that discards the draft. */
export function RestoredNotice({ work }: { work: EditedAction }) {
  const { restored, draft, dirty } = work;
  const lost = lostSecretsOf(restored, draft);
  if (restored === undefined || (!dirty && lost.length === 0)) return null;
  return (
    <div className="note">
      <span role="status">
        {dirty && <strong>An unsaved draft of this Action was restored. </strong>}
        {lost.length > 0 && `Values of secrets are not stored: enter ${lost.join(', ')} again.`}
      </span>
      <button type="button" onClick={work.discard}>
        Discard the draft
      </button>
    </div>
  );
}
