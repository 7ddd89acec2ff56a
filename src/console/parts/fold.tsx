import { type ReactNode, useState } from 'react';

/** Something that is read second: its content unfolds. The content is not there before. */
export function Fold(props: {
  label: ReactNode;
  /** A second word beside the label, such as a number. */
  aside?: ReactNode;
  /** `line` stands in a text, without a border. */
  look?: 'line';
  children: ReactNode;
}) {
  const { label, aside, look, children } = props;
  const [opened, setOpened] = useState(false);
  return (
    <details
      className={look === 'line' ? 'fold-line' : 'fold'}
      onToggle={({ currentTarget }) => currentTarget.open && setOpened(true)}
    >
      <summary>
        {label} {aside !== undefined && <span className="muted">{aside}</span>}
      </summary>
      {opened && <div className="folded">{children}</div>}
    </details>
  );
}
