import type { Progress } from './read-users.ts';

/** The progress of reading many users, with a button that stops it. */
export function UsersProgress({ progress, onStop }: { progress: Progress; onStop: () => void }) {
  const { users, percent, memberships, decided } = progress;
  const exporting = decided === 0;
  return (
    <div className="reading">
      <p role="status">
        {exporting
          ? `The tenant has ${users.toLocaleString('en')} users, more than the Management API can list. A job exports them.`
          : `Deciding about ${users.toLocaleString('en')} users.`}
      </p>
      <progress aria-label="Users decided" value={decided} max={users} />
      <p className="muted">
        {exporting && percent !== undefined && `${percent} % exported, `}
        {memberships.toLocaleString('en')} role memberships read, {decided.toLocaleString('en')} users decided
      </p>
      <button type="button" onClick={onStop}>
        Stop
      </button>
    </div>
  );
}
