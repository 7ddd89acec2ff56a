import { resolve } from 'node:path';
import type { MistakeName } from '../../apex/stand-in/classic-mistake.ts';
import type { RealPages } from '../../apex/stand-in/local-address.ts';
import type { Configuration } from '../../configuration/load-configuration.ts';
import { keptKeys } from '../../tenant/kept-keys.ts';
import { readGeoip } from '../geoip-file.ts';
import type { Terminal } from '../terminal.ts';
import type { LocalGateOptions } from './local-gate.ts';
import type { Decider } from './local-stand-in.ts';
import { readSchemeFile } from './read-scheme-file.ts';

/** The options of `portcullis dev` that concern the tenant and the application. */
export interface GateCommandOptions {
  readonly data?: string;
  /** An exported authentication scheme that the stand-in follows. */
  readonly scheme?: string;
  readonly decide?: Decider;
  readonly mistake?: MistakeName;
  /** Whether Actions run on the Node.js version of their runtime. Otherwise they run on this one, so that the gate needs no network. */
  readonly fetchNode?: boolean;
  /** A file with the location of this machine. */
  readonly geoip?: string;
  readonly ignoreNetworkAcls?: boolean;
}

/**
 * Returns the settings of the tenant and the application, except their addresses.
 *
 * @throws {Problem} of a file that an option names
 * @example const settings = await gateSettings(options, configuration, terminal);
 */
export async function gateSettings(options: GateCommandOptions, configuration: Configuration, terminal: Terminal) {
  const { data, scheme, decide, mistake, fetchNode, geoip, ignoreNetworkAcls } = options;
  const { folder, environment } = terminal;
  const keys = data === undefined ? await keptKeys(environment) : undefined;
  return {
    policy: configuration.policy,
    ...(keys === undefined ? {} : { keys }),
    ...(data === undefined ? {} : { dataFolder: resolve(folder, data) }),
    ...(scheme === undefined
      ? {}
      : { schemeAttributes: await readSchemeFile(scheme, folder), realPages: realPages(configuration) }),
    ...(decide === undefined ? {} : { decide }),
    ...(mistake === undefined ? {} : { mistake }),
    ...(fetchNode === undefined ? {} : { fetchNode }),
    ...(ignoreNetworkAcls === undefined ? {} : { ignoreNetworkAcls }),
    ...(geoip === undefined ? {} : { loopbackGeoip: await readGeoip(geoip, folder) }),
  } satisfies Partial<LocalGateOptions>;
}

/** The real pages of the application that the exported scheme is for: the first one that the policy guards. */
function realPages({ policy, deployment }: Configuration): RealPages {
  const [application = ''] = policy.applications;
  const signedOutPage = pageOf(deployment.signedOutPages, application) ?? deployment.signedOutPage;
  return {
    landingPage: pageOf(policy.landingPages, application) ?? policy.landingPage,
    ...(signedOutPage === undefined ? {} : { signedOutPage }),
  };
}

function pageOf(pages: Readonly<Record<string, string>> = {}, application: string): string | undefined {
  return Object.hasOwn(pages, application) ? pages[application] : undefined;
}
