import { AppWindow, Cpu, type LucideIcon, Server, Smartphone } from 'lucide-react';

const icons: Readonly<Record<string, LucideIcon>> = { native: Smartphone, spa: AppWindow, non_interactive: Cpu };

/** The drawing for a type of application. */
export function iconOfType(type: string | undefined): LucideIcon {
  return icons[type ?? ''] ?? Server;
}
