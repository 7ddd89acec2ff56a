/**
 * The permissions of an Action's code in a sandbox, for every runtime. The lock-down applies them in every process, with or without
 * Node's permission model: the model refuses files, processes and workers; this refuses the ways to them, and everything else.
 *
 * Allowed members are a list of names. If a later Node.js adds a module or a member of `process`, an Action cannot reach
 * it.
 */

/** The reasons for refusals, for the Action's author. */
const NO_PROCESS = 'An Action starts no process, and signals none.';
const NO_FILE = 'An Action reads no file but those of its packages, and writes none.';
const NO_THREAD = 'An Action has the thread that it runs in.';
const NO_NATIVE_CODE = 'An Action runs no native code.';
const NO_INSIDE = 'An Action does not look into the process that it runs in.';
const NO_SOCKET = 'An Action reaches the network, but no socket in the file system and no open descriptor.';
const NO_LOADER = 'An Action loads what Node.js and its packages have, as Node.js loads it.';

/** Modules of Node.js that an Action can load; it finds no other by `require`, `import()` or any other way. */
export const ALLOWED_MODULES: readonly string[] = [
  ...['_http_agent', '_http_client', '_http_common', '_http_incoming', '_http_outgoing', '_http_server'],
  ...['_stream_duplex', '_stream_passthrough', '_stream_readable', '_stream_transform', '_stream_wrap'],
  ...['_stream_writable', '_tls_common', '_tls_wrap', 'assert', 'assert/strict', 'async_hooks', 'buffer'],
  ...['child_process', 'cluster', 'console', 'constants', 'crypto', 'dgram', 'diagnostics_channel', 'dns'],
  ...['dns/promises', 'domain', 'events', 'fs', 'fs/promises', 'http', 'http2', 'https', 'inspector'],
  ...['inspector/promises', 'module', 'net', 'os', 'path', 'path/posix', 'path/win32', 'perf_hooks', 'process'],
  ...['punycode', 'querystring', 'readline', 'readline/promises', 'stream', 'stream/consumers', 'stream/promises'],
  ...['stream/web', 'string_decoder', 'sys', 'timers', 'timers/promises', 'tls', 'tty', 'url', 'util', 'util/types'],
  ...['v8', 'vm', 'worker_threads', 'zlib'],
];

/** Members of modules that throw when they are called. Packages may name them: they often do so only to look. */
export interface DeniedMembers {
  readonly module: string;
  /** All functions but these. */
  readonly allBut?: readonly string[];
  readonly names?: readonly string[];
  readonly reason: string;
}

export const DENIED_MEMBERS: readonly DeniedMembers[] = [
  // The class stays, since packages use it in type checks: its handle can do nothing.
  { module: 'child_process', allBut: ['ChildProcess'], reason: NO_PROCESS },
  { module: 'cluster', names: ['fork', 'setupPrimary', 'setupMaster'], reason: NO_PROCESS },
  { module: 'os', names: ['setPriority'], reason: NO_PROCESS },
  { module: 'worker_threads', names: ['Worker', 'postMessageToThread'], reason: NO_THREAD },
  { module: 'inspector', names: ['open', 'waitForDebugger', 'Session'], reason: NO_INSIDE },
  { module: 'crypto', names: ['setEngine'], reason: NO_NATIVE_CODE },
  { module: 'tty', names: ['ReadStream', 'WriteStream'], reason: NO_SOCKET },
  { module: 'fs', names: ['watch', 'watchFile', 'unwatchFile'], reason: NO_FILE },
  { module: 'fs/promises', names: ['watch'], reason: NO_FILE },
  {
    module: 'module',
    names: [
      ...['register', 'registerHooks', 'runMain', '_preloadModules', '_initPaths', 'setSourceMapsSupport'],
      ...['enableCompileCache', 'flushCompileCache', 'getCompileCacheDir', 'findPackageJSON'],
    ],
    reason: NO_LOADER,
  },
  {
    // A snapshot reveals the harness's own closures; a flag can raise the memory limit.
    module: 'v8',
    allBut: [
      ...['cachedDataVersionTag', 'getHeapStatistics', 'getHeapSpaceStatistics', 'getHeapCodeStatistics'],
      ...['getCppHeapStatistics', 'Serializer', 'Deserializer', 'DefaultSerializer', 'DefaultDeserializer'],
      ...['deserialize', 'serialize', 'GCProfiler', 'isStringOneByteRepresentation'],
    ],
    reason: NO_INSIDE,
  },
];

/** Members of `process` that stay. The other members are denied if they are functions that packages call, and removed otherwise. */
export const ALLOWED_OF_PROCESS: readonly string[] = [
  ...['_events', '_eventsCount', '_exiting', '_fatalException', '_maxListeners', '_tickCallback'],
  ...['allowedNodeEnvironmentFlags', 'arch', 'argv', 'argv0', 'assert', 'availableMemory', 'constrainedMemory'],
  ...['cpuUsage', 'cwd', 'domain', 'emitWarning', 'env', 'execArgv', 'execPath', 'exit', 'exitCode', 'features'],
  ...['finalization', 'getActiveResourcesInfo', 'getBuiltinModule', 'getegid', 'geteuid', 'getgid', 'getgroups'],
  ...['getuid', 'hasUncaughtExceptionCaptureCallback', 'hrtime', 'memoryUsage', 'nextTick', 'openStdin'],
  ...['permission', 'pid', 'platform', 'reallyExit', 'ref', 'release', 'resourceUsage'],
  ...['setUncaughtExceptionCaptureCallback', 'sourceMapsEnabled', 'stderr', 'stdin', 'stdout', 'threadCpuUsage'],
  ...['title', 'umask', 'unref', 'uptime', 'version', 'versions'],
];

export const DENIED_OF_PROCESS: Readonly<Record<string, string>> = {
  abort: NO_PROCESS,
  chdir: NO_FILE,
  dlopen: NO_NATIVE_CODE,
  execve: NO_PROCESS,
  _kill: NO_PROCESS,
  kill: NO_PROCESS,
  loadEnvFile: NO_FILE,
  setSourceMapsEnabled: NO_LOADER,
};

/** Names of the global object that are removed. */
export const DENIED_GLOBALS: readonly string[] = ['gc', 'localStorage', 'sessionStorage', 'Storage'];

/** A native handle that code can reach through a public object, and the methods that are denied on its prototype. */
export interface DeniedHandle {
  readonly name: string;
  /** Required methods: if one cannot be denied, the sandbox does not start. */
  readonly methods: readonly string[];
  /** Methods that not every Node.js has. */
  readonly optional: readonly string[];
  readonly reason: string;
}

export const DENIED_HANDLES = {
  // `kill` of a handle that has not spawned signals the process's own group, including the tenant.
  process: { name: 'Process', methods: ['spawn', 'kill'], optional: [], reason: NO_PROCESS },
  // The arguments of `net` cannot be checked in advance: a getter can give the check one value and Node another.
  pipe: {
    name: 'Pipe',
    methods: ['bind', 'connect', 'fchmod', 'listen', 'open'],
    optional: ['bind2', 'connect2', 'setPendingInstances'],
    reason: NO_SOCKET,
  },
  tcp: { name: 'TCP', methods: ['open'], optional: [], reason: NO_SOCKET },
  udp: { name: 'UDP', methods: ['open'], optional: [], reason: NO_SOCKET },
  // Engines of OpenSSL are shared libraries, which a package can contain.
  secureContext: {
    name: 'SecureContext',
    methods: [],
    optional: ['setClientCertEngine', 'setEngineKey'],
    reason: NO_NATIVE_CODE,
  },
} as const satisfies Readonly<Record<string, DeniedHandle>>;

/** Returns the reason why a module of Node.js is not found. */
export function reasonOfModule(name: string): string {
  if (/sqlite|sea|repl|trace_events/.test(name)) return NO_FILE;
  if (name.startsWith('test')) return NO_PROCESS;
  return name === 'wasi' ? NO_FILE : NO_INSIDE;
}
