import { useState } from 'react';
import { ActionSettings } from './action-settings.tsx';
import { Dependencies } from './dependencies.tsx';
import { Secrets } from './secrets.tsx';
import { TestPanel } from './test-panel.tsx';
import type { EditedAction } from './use-action.ts';
import { Versions } from './versions.tsx';

const panels = ['Secrets', 'Dependencies', 'Test', 'Versions', 'Settings'] as const;

/** The panel beside the code: secrets, dependencies, test, versions and settings. */
export function SidePanel({ work, event }: { work: EditedAction; event: unknown }) {
  const [chosen, setChosen] = useState<(typeof panels)[number]>('Secrets');
  return (
    <section className="panel" aria-label="Beside the code">
      <fieldset className="choices">
        <legend className="unseen">Panel</legend>
        {panels.map((panel) => (
          <button key={panel} type="button" aria-pressed={panel === chosen} onClick={() => setChosen(panel)}>
            {panel}
          </button>
        ))}
      </fieldset>
      <h2>{chosen}</h2>
      {chosen === 'Secrets' && <Secrets work={work} />}
      {chosen === 'Dependencies' && <Dependencies work={work} />}
      {chosen === 'Test' && <TestPanel work={work} event={event} />}
      {chosen === 'Versions' && <Versions work={work} />}
      {chosen === 'Settings' && <ActionSettings work={work} />}
    </section>
  );
}
