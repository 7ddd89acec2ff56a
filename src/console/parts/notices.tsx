import { Info } from 'lucide-react';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react';
import { Icon } from './icon.tsx';

const noticeMs = 6000;

const Context = createContext<(text: string) => void>(() => undefined);

/** Shows a notice for a few seconds. Screen readers announce it. */
export const useNotify = () => useContext(Context);

/** Shows the notices of `useNotify` below its children. */
export function NoticeProvider({ children }: { children: ReactNode }) {
  const [notice, setNotice] = useState<{ text: string; at: number }>();
  const notify = useCallback((text: string) => setNotice({ text, at: Date.now() }), []);
  useEffect(() => {
    if (notice === undefined) return;
    const timer = setTimeout(() => setNotice(undefined), noticeMs);
    return () => clearTimeout(timer);
  }, [notice]);
  return (
    <Context value={notify}>
      {children}
      <div className="notice" role="status">
        {notice && (
          <>
            <Icon of={Info} />
            <span>{notice.text}</span>
          </>
        )}
      </div>
    </Context>
  );
}
