/** The mark of Portcullis: a gate whose grille is half raised. The icon of the page is the same drawing. */
export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg className="logo" width={size} height={size} viewBox="0 0 32 32" fill="currentColor" aria-hidden="true">
      <path d="M3 29.5V15a13 13 0 0 1 26 0v14.5h-4V15a9 9 0 0 0-18 0v14.5Z" />
      <path d="M10.4 5h2v16.4l-1 2.6-1-2.6zM15 4h2v18.4l-1 2.6-1-2.6zM19.6 5h2v16.4l-1 2.6-1-2.6zM7 11h18v2H7zM7 16.5h18v2H7z" />
    </svg>
  );
}
