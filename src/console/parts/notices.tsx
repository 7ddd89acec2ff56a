import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react';

const shownFor = 6000;

const Context = createContext<(text: string) => void>(() => undefined);

/** Says in passing that something is done; for those who hear the screen as well. */
export const useNotify = () => useContext(Context);

/** Shows what `useNotify` is told, below everything inside it. */
export function NoticeProvider({ children }: { children: ReactNode }) {
  const [notice, setNotice] = useState<{ text: string; at: number }>();
  const notify = useCallback((text: string) => setNotice({ text, at: Date.now() }), []);
  useEffect(() => {
    if (notice === undefined) return;
    const timer = setTimeout(() => setNotice(undefined), shownFor);
    return () => clearTimeout(timer);
  }, [notice]);
  return (
    <Context value={notify}>
      {children}
      <div className="notice" role="status">
        {notice?.text}
      </div>
    </Context>
  );
}
