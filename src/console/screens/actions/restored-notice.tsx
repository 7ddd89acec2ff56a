import { lostSecretsOf } from './kept-draft.ts';
import type { ActionAtWork } from './use-action.ts';

/** That what was not saved is there again, what of it is not, and the way to be rid of it. */
export function RestoredNotice({ work }: { work: ActionAtWork }) {
  const { restored, draft, dirty } = work;
  const lost = lostSecretsOf(restored, draft);
  if (restored === undefined || (!dirty && lost.length === 0)) return null;
  return (
    <div className="note">
      <span role="status">
        {dirty && <strong>An unsaved draft of this Action was restored. </strong>}
        {lost.length > 0 && `Values of secrets are not kept: give ${lost.join(', ')} again.`}
      </span>
      <button type="button" onClick={work.discard}>
        Discard the draft
      </button>
    </div>
  );
}
