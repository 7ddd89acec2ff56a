import type { LucideIcon } from 'lucide-react';

/** A drawing beside words. Screen readers skip it: the words say what it means. */
export function Icon({ of: Drawing, size = 16 }: { of: LucideIcon; size?: number }) {
  return <Drawing className="icon" size={size} strokeWidth={1.75} aria-hidden="true" />;
}
