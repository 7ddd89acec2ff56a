import type { Progress } from './people.ts';

/** How far the reading of many people is, with a way to stop it. */
export function PeopleProgress({ progress, onStop }: { progress: Progress; onStop: () => void }) {
  const { users, percent, memberships, judged } = progress;
  const exporting = judged === 0;
  return (
    <div className="reading">
      <p role="status">
        {exporting
          ? `The tenant has ${users.toLocaleString('en')} users, more than its Management API lists: a job exports them.`
          : `Everybody is judged, of ${users.toLocaleString('en')}.`}
      </p>
      <progress aria-label="Judged" value={judged} max={users} />
      <p className="muted">
        {exporting && percent !== undefined && `${percent} % exported, `}
        {memberships.toLocaleString('en')} role memberships read, {judged.toLocaleString('en')} users judged
      </p>
      <button type="button" onClick={onStop}>
        Stop
      </button>
    </div>
  );
}
