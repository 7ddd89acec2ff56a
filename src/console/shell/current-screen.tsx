import { type ComponentType, lazy, Suspense, useState } from 'react';
import { reportUnreachable, untilReachable } from '../management/reachability.ts';
import { Loading } from '../parts/loading.tsx';
import { OverviewScreen } from '../screens/overview/overview-screen.tsx';

type Other = ComponentType<{ path: string }>;

let loaded: Other | undefined;

/** Loads the code of all screens except the first one. */
export async function loadOtherScreens(): Promise<Other> {
  loaded ??= (await import('./screen-registry.tsx')).OtherScreen;
  return loaded;
}

const LaterScreen = lazy(async () => {
  try {
    return { default: await loadOtherScreens() };
  } catch {
    // The tenant has the code, and stopped before it was read. The page begins again, since a browser may not ask twice for a module.
    reportUnreachable();
    await untilReachable();
    location.reload();
    return new Promise<never>(() => {});
  }
});

/** The screen of the address. Only the first one is part of the first files. */
export function CurrentScreen({ path }: { path: string }) {
  return path === '/console/overview' ? <OverviewScreen /> : <OtherScreen path={path} />;
}

function OtherScreen({ path }: { path: string }) {
  // Code that is there renders at once. The choice stays: another component would begin again.
  const [Loaded] = useState(() => loaded);
  if (Loaded !== undefined) return <Loaded path={path} />;
  return (
    <Suspense fallback={<Loading />}>
      <LaterScreen path={path} />
    </Suspense>
  );
}
