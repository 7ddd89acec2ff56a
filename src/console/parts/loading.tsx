/** The place of content that is being read. */
export function Loading({ className = '' }: { className?: string }) {
  return (
    <div className={`loading ${className}`} role="status">
      <span className="unseen">Loading…</span>
      <div className="bones" aria-hidden="true">
        {[1, 2, 3, 4, 5, 6].map((bone) => (
          <span key={bone} />
        ))}
      </div>
    </div>
  );
}
