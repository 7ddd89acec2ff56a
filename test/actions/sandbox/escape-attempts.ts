/**
 * All attempts to leave the sandbox: code of an Action that names a file, a package, a process or an internal of Node.js. Each is
 * an expression over the names that {@link WAYS_PREAMBLE} declares; an expression with a value counts as a success.
 */
export interface WayIn {
  readonly group: string;
  readonly name: string;
  readonly expression: string;
}

/** The names for the expressions. `has` ends an attempt that this runtime does not support. */
export const WAYS_PREAMBLE = `
const fs = require('fs');
const { pathToFileURL } = require('url');
const has = (owner, name) => {
  if (owner === undefined || owner === null || !(name in owner) || owner[name] === undefined) throw Object.assign(new Error('not here'), { code: 'ABSENT' });
  return owner[name];
};
const builtin = (name) => {
  try { return require(name); } catch (error) {
    if (/ERR_UNKNOWN_BUILTIN_MODULE|MODULE_NOT_FOUND/.test(error.code)) throw Object.assign(new Error('not here'), { code: 'ABSENT' });
    throw error;
  }
};
const settled = (start) => new Promise((done, fail) => start((error, value) => (error ? fail(error) : done(value ?? 'done'))));
const stateOf = (object, name) => object[Object.getOwnPropertySymbols(object).find((one) => String(one).includes(name))];
const processHandle = () => new (require('child_process').ChildProcess)()._handle;
const udpHandle = () => stateOf(require('dgram').createSocket('udp4'), 'state').handle;
const tcpHandle = () => require('net')._createServerHandle('127.0.0.1', 0, 4);
const pipeClass = () => require('child_process').ChildProcess && ownPipe().constructor;
const ownPipe = () => { const { createHook, executionAsyncId } = require('async_hooks'); let found; const hook = createHook({ init: (id, type, trigger, resource) => { if (type === 'PIPEWRAP') found = resource; } }).enable(); try { new (require('net').Socket)({ fd: 0 }); } catch {} try { require('net').connect('/nowhere').on('error', () => {}); } catch {} hook.disable(); if (found === undefined) throw Object.assign(new Error('no pipe'), { code: 'ABSENT' }); return found; };
const changing = () => { let reads = 0; return { toString: () => (reads++ ? SECRET : PACKAGE + '/index.js') }; };
const unlessOwn = (text) => { if (!String(text).includes('of another')) throw Object.assign(new Error(), { code: 'OWN_FILE' }); return text; };
const secureContext = () => require('tls').createSecureContext().context;
const replacing = (owner, name, value, use) => {
  const former = Object.getOwnPropertyDescriptor(owner, name);
  Reflect.set(owner, name, value);
  try { return use(); } finally { Reflect.defineProperty(owner, name, former); }
};
const inTurn = (first, others) => { let reads = 0; return () => (reads++ ? others : first); };
const collected = (own, taken) => {
  const all = [];
  const { apply } = Reflect;
  replacing(Function.prototype, 'call', function (self, ...values) { all.push(this); return apply(this, self, values); }, own);
  return has({ found: all.find((one) => one.name.endsWith(taken)) }, 'found');
};
`;

const SHELL = `{ file: '/bin/sh', args: ['sh', '-c', 'echo x > ' + WRITTEN], envPairs: [], stdio: [{ type: 'ignore' }, { type: 'ignore' }, { type: 'ignore' }] }`;

/** By group: name and expression. */
const BY_HAND: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'native handle': {
    'process: spawn': `processHandle().spawn(${SHELL})`,
    'process: spawn of a handle’s own class': `new (processHandle().constructor)().spawn(${SHELL})`,
    'process: spawn of the prototype': `Object.getPrototypeOf(processHandle()).spawn.call(processHandle(), ${SHELL})`,
    'process: a signal to its group': `processHandle().kill(0)`,
    'process: a signal by ChildProcess': `(() => { const child = new (require('child_process').ChildProcess)(); return child.kill(0); })()`,
    'process: spawn by ChildProcess': `new (require('child_process').ChildProcess)().spawn({ file: '/bin/sh', args: ['sh'] })`,
    'pipe: connect': `ownPipe().connect(new (class {})(), SOCKET)`,
    'pipe: bind': `ownPipe().bind(WRITTEN)`,
    'pipe: open': `ownPipe().open(3)`,
    'pipe: listen': `ownPipe().listen(1)`,
    'pipe: fchmod': `ownPipe().fchmod(3)`,
    'pipe: a server’s handle': `require('net')._createServerHandle(WRITTEN, -1, -1)`,
    'pipe: a socket of a descriptor': `new (require('net').Socket)({ fd: 4 })`,
    'pipe: a server on a descriptor': `settled((done) => require('net').createServer().on('error', done).listen({ fd: 3 }, () => done()))`,
    'pipe: a socket in the file system': `settled((done) => require('net').connect(SOCKET).on('error', done).on('connect', () => done()))`,
    'pipe: a server in the file system': `settled((done) => require('net').createServer().on('error', done).listen(WRITTEN, () => done()))`,
    'pipe: HTTP over one': `settled((done) => require('http').get({ socketPath: SOCKET }, () => done()).on('error', done))`,
    'pipe: HTTP/2 over one': `settled((done) => require('net').connect({ path: SOCKET }).on('error', done).on('connect', () => done()))`,
    'pipe: a path that changes': `settled((done) => { let reads = 0; require('net').connect({ port: 1, get path() { reads += 1; return reads > 2 ? SOCKET : undefined; } }).on('error', (error) => done(error.code === 'ECONNREFUSED' ? Object.assign(error, { code: 'UNSEEN' }) : error)).on('connect', () => done()); })`,
    'pipe: a path in a list': `settled((done) => new (require('net').Socket)().on('error', done).on('connect', () => done()).connect(Object.assign([], { path: SOCKET })))`,
    'pipe: a server by its inner method': `new (require('net').Server)()._listen2(WRITTEN, -1, -1)`,
    'tcp: open': `tcpHandle().open(3)`,
    'tcp: a listening descriptor': `settled((done) => require('net').createServer().on('error', done).listen({ fd: 4 }, () => done()))`,
    'udp: open': `udpHandle().open(3)`,
    'udp: a bound descriptor': `settled((done) => require('dgram').createSocket('udp4').on('error', done).bind({ fd: 3 }, () => done()))`,
    'tty: read': `new (require('tty').ReadStream)(2)`,
    'tty: write': `new (require('tty').WriteStream)(2)`,
    'fs event: a file': `fs.watch(SECRET, () => {})`,
    'fs event: a promise': `fs.promises.watch(SECRET).next()`,
    'fs event: polling': `fs.watchFile(SECRET, () => {})`,
    'fs event: end of polling': `fs.unwatchFile(SECRET, () => {})`,
    'secure context: an engine’s key': `secureContext().setEngineKey('x', WRITTEN)`,
    'secure context: an engine’s certificate': `secureContext().setClientCertEngine(WRITTEN)`,
    'secure context: an engine by option': `require('tls').createSecureContext({ clientCertEngine: WRITTEN })`,
    'secure context: a key’s engine by option': `require('tls').createSecureContext({ privateKeyEngine: WRITTEN, privateKeyIdentifier: 'x' })`,
    'engine of OpenSSL': `require('crypto').setEngine(WRITTEN)`,
    worker: `new (require('worker_threads').Worker)('1', { eval: true })`,
    'worker, a class of it': `new (class extends require('worker_threads').Worker {})('1', { eval: true })`,
    'worker, by import': `import('node:worker_threads').then(({ Worker }) => new Worker('1', { eval: true }))`,
    'worker, by getBuiltinModule': `new (has(process, 'getBuiltinModule')('worker_threads').Worker)('1', { eval: true })`,
    WASI: `new (require('wasi').WASI)({ version: 'preview1', preopens: { '/': '/' } })`,
    'WASI, by import': `import('node:wasi').then(({ WASI }) => new WASI({ version: 'preview1' }))`,
    'inspector: open': `require('inspector').open(0)`,
    'inspector: session': `new (require('inspector').Session)().connect()`,
    'inspector: session of the main thread': `new (require('inspector').Session)().connectToMainThread()`,
    'inspector: session of a class': `new (class extends require('inspector').Session {})().connect()`,
    'inspector: promises': `new (builtin('inspector/promises').Session)().connect()`,
    'inspector: waiting': `require('inspector').waitForDebugger()`,
    'addon: dlopen': `process.dlopen({ exports: {} }, WRITTEN)`,
    'addon: extension': `require('module')._extensions['.node']({ exports: {} }, WRITTEN)`,
    'addon: require': `require('module').createRequire(FOLDER + '/')('./native.node')`,
    'trace events': `(() => { const tracing = require('trace_events').createTracing({ categories: ['node'] }); tracing.enable(); return tracing; })()`,
  },
  'inside of Node.js': {
    'process.binding': `has(process, 'binding')('fs')`,
    'process._linkedBinding': `has(process, '_linkedBinding')('fs')`,
    'process.binding of the prototype': `has(Object.getPrototypeOf(process), 'binding')('fs')`,
    internalBinding: `require('internal/bootstrap/loaders')`,
    'internalBinding, by the loader': `require('module')._load('internal/test/binding')`,
    'internalBinding, by createRequire': `require('module').createRequire(FOLDER + '/')('internal/child_process')`,
    'internalBinding, by import': `import('node:internal/child_process')`,
    'internalBinding, by getBuiltinModule': `(() => { const found = has(process, 'getBuiltinModule')('internal/child_process'); if (found === undefined) throw Object.assign(new Error(), { code: 'ABSENT' }); return found; })()`,
    'process.report': `has(process, 'report').writeReport(WRITTEN)`,
    'process.report, to read': `has(process, 'report').getReport()`,
    'process.kill': `process.kill(PARENT, 0)`,
    'process._kill': `has(process, '_kill')(PARENT, 0)`,
    'process.kill by import': `import('node:process').then(({ kill }) => kill(PARENT, 0))`,
    'process.kill by getBuiltinModule': `has(process, 'getBuiltinModule')('process').kill(PARENT, 0)`,
    'process._debugProcess': `has(process, '_debugProcess')(PARENT)`,
    'process.execve': `has(process, 'execve')('/bin/true', ['true'], {})`,
    'process.chdir': `process.chdir('/')`,
    'process.abort': `process.abort()`,
    'process.setuid': `has(process, 'setuid')(1)`,
    'process.loadEnvFile': `has(process, 'loadEnvFile')(SECRET)`,
    'process.setSourceMapsEnabled': `has(process, 'setSourceMapsEnabled')(true)`,
    'process._rawDebug': `has(process, '_rawDebug')('x')`,
    'process._getActiveHandles': `has(process, '_getActiveHandles')()`,
    'process.mainModule': `has(process, 'mainModule')`,
    'the priority of another process': `require('os').setPriority(PARENT, 0)`,
    'a flag of V8': `require('v8').setFlagsFromString('--allow-natives-syntax')`,
    'a flag of V8, by import': `import('node:v8').then((v8) => v8.setFlagsFromString('--allow-natives-syntax'))`,
    'a snapshot of the heap': `require('v8').getHeapSnapshot()`,
    'a snapshot of the heap, in a file': `require('v8').writeHeapSnapshot(WRITTEN)`,
    'a snapshot of the heap, near its limit': `has(require('v8'), 'setHeapSnapshotNearHeapLimit')(1)`,
    'objects of the heap': `has(require('v8'), 'queryObjects')(Function)`,
    'coverage in a file': `require('v8').takeCoverage()`,
    'a profile': `has(require('v8'), 'startCpuProfile')()`,
    'the start-up snapshot': `has(has(require('v8'), 'startupSnapshot'), 'addSerializeCallback')(() => {})`,
    'hooks of the loader in another thread': `has(require('module'), 'register')('data:text/javascript,import fs from "node:fs"; export async function initialize() { fs.writeFileSync(' + encodeURIComponent(JSON.stringify(WRITTEN)) + ', "x") }')`,
    'hooks of the loader, by import': `import('node:module').then((module) => has(module, 'register')('data:text/javascript,0'))`,
    'hooks of the loader in this thread': `has(require('module'), 'registerHooks')({ load: () => ({ format: 'commonjs', source: '' }) })`,
    'a cache of compiled code': `has(require('module'), 'enableCompileCache')(FOLDER)`,
    'the main program again': `require('module').runMain(SECRET)`,
    'a preloaded module': `has(require('module'), '_preloadModules')([SECRET])`,
    'a search for a file': `require('module')._findPath(SECRET, [FOLDER])`,
    'a package.json': `has(require('module'), 'findPackageJSON')('./x', pathToFileURL(FOLDER + '/'))`,
    SQLite: `new (builtin('node:sqlite').DatabaseSync)(WRITTEN)`,
    'SQLite, by import': `import('node:sqlite').then(({ DatabaseSync }) => new DatabaseSync(WRITTEN))`,
    'SQLite, by getBuiltinModule': `new (has(has(process, 'getBuiltinModule')('node:sqlite'), 'DatabaseSync'))(WRITTEN)`,
    'the test runner': `builtin('node:test').run({ files: [SECRET] })`,
    'the test runner, by import': `import('node:test').then(({ run }) => run({ files: [SECRET] }))`,
    'the test runner, by the loader': `require('module')._load('node:test').run({ files: [SECRET] })`,
    'a single executable': `builtin('node:sea').getAsset('x')`,
    'the read-eval-print loop': `require('repl').start()`,
    'stored values of a browser': `has(globalThis, 'localStorage').setItem('a', 'b')`,
    'vm: a context’s own process': `(() => { const found = require('vm').runInNewContext('typeof process === "undefined" ? undefined : process'); if (found === undefined) throw Object.assign(new Error(), { code: 'ABSENT' }); return found; })()`,
    'vm: the process of this context': `require('vm').runInThisContext('process.kill')(PARENT, 0)`,
    'vm: a constructor of this context': `require('vm').runInNewContext('this.constructor.constructor("return process")()').dlopen({ exports: {} }, WRITTEN)`,
    'vm: an import': `new (require('vm').Script)('import(' + JSON.stringify(SECRET) + ')', { importModuleDynamically: has(require('vm').constants, 'USE_MAIN_CONTEXT_DEFAULT_LOADER') }).runInThisContext()`,
    'vm: an import of a module of Node.js': `new (require('vm').Script)('import("node:process")', { importModuleDynamically: has(require('vm').constants, 'USE_MAIN_CONTEXT_DEFAULT_LOADER') }).runInThisContext().then((all) => all.kill(PARENT, 0))`,
  },
  'file under a name that changes': {
    readFileSync: `unlessOwn(fs.readFileSync(changing(), 'utf8'))`,
    readFile: `settled((done) => fs.readFile(changing(), 'utf8', done)).then(unlessOwn)`,
    'promises.readFile': `fs.promises.readFile(changing(), 'utf8').then(unlessOwn)`,
    createReadStream: `settled((done) => fs.createReadStream(changing()).on('error', done).on('data', (data) => done(undefined, data))).then(unlessOwn)`,
    openSync: `unlessOwn(fs.readFileSync(fs.openSync(changing(), 'r'), 'utf8'))`,
    'a flag that changes': `(() => { let reads = 0; return settled((done) => fs.readFile(PACKAGE + '/index.js', { get flag() { reads += 1; return reads > 1 ? 'w' : 'r'; } }, done)).then(unlessOwn); })()`,
  },
  'function that the Action replaced': {
    'Array.prototype.some, for a file': `replacing(Array.prototype, 'some', () => true, () => fs.readFileSync(SECRET, 'utf8'))`,
    'Array.prototype.some, for a search': `replacing(Array.prototype, 'some', () => true, () => require('module')._findPath(SECRET, [FOLDER]))`,
    'Array.prototype.some, for code': `replacing(Array.prototype, 'some', () => true, () => require('module').createRequire(FOLDER + '/x.js')('./secret.cjs'))`,
    'Array.prototype[Symbol.iterator]': `unlessOwn(replacing(Array.prototype, Symbol.iterator, function* () { yield { encoding: 'utf8', flag: 'w' }; }, () => fs.readFileSync(PACKAGE + '/index.js', 'utf8')))`,
    'String.prototype.startsWith, for a file': `replacing(String.prototype, 'startsWith', () => false, () => fs.readFileSync(SECRET, 'utf8'))`,
    'String.prototype.startsWith, for a module': `replacing(String.prototype, 'startsWith', () => false, () => require('repl'))`,
    'String.prototype.startsWith, for an import': `replacing(String.prototype, 'startsWith', () => false, () => import('node:repl'))`,
    'String.prototype.replace': `replacing(String.prototype, 'replace', () => 'fs', () => has({ found: has(process, 'getBuiltinModule')('repl') }, 'found'))`,
    'RegExp.prototype.test': `replacing(RegExp.prototype, 'test', () => false, () => fs.openSync(PACKAGE + '/index.js', 'w'))`,
    'RegExp.prototype.exec': `replacing(RegExp.prototype, 'exec', () => null, () => fs.openSync(PACKAGE + '/index.js', 'w'))`,
    'Function.prototype.call, for a file': `collected(() => fs.closeSync(fs.openSync(PACKAGE + '/index.js')), 'openSync')(SECRET)`,
    'Function.prototype.call, for a module': `collected(() => has(process, 'getBuiltinModule')('fs'), 'getBuiltinModule')('repl')`,
    'Set.prototype.has, for a module': `replacing(Set.prototype, 'has', () => true, () => require('repl'))`,
    'Set.prototype.has, for trace events': `replacing(Set.prototype, 'has', () => true, () => require('trace_events').createTracing({ categories: ['node'] }).enable())`,
    'Set.prototype.has, for WASI': `replacing(Set.prototype, 'has', () => true, () => new (require('wasi').WASI)({ version: 'preview1', preopens: { '/': '/' } }))`,
    'Set.prototype.has, by getBuiltinModule': `replacing(Set.prototype, 'has', () => true, () => has({ found: has(process, 'getBuiltinModule')('repl') }, 'found'))`,
    String: `has(replacing(globalThis, 'String', inTurn('fs', 'repl'), () => has(process, 'getBuiltinModule')('repl')), 'REPLServer')`,
    'toString of a module’s name': `has(has(process, 'getBuiltinModule')({ toString: inTurn('fs', 'repl') }), 'REPLServer')`,
    'path.relative': `replacing(require('path'), 'relative', () => '', () => fs.readFileSync(SECRET, 'utf8'))`,
    'path.resolve': `unlessOwn(replacing(require('path'), 'resolve', inTurn(PACKAGE + '/index.js', SECRET), () => fs.readFileSync(SECRET, 'utf8')))`,
    'path.toNamespacedPath': `unlessOwn(replacing(require('path'), 'toNamespacedPath', inTurn(PACKAGE + '/index.js', SECRET), () => fs.readFileSync(PACKAGE + '/index.js', 'utf8')))`,
    'url.fileURLToPath': `replacing(require('url'), 'fileURLToPath', () => PACKAGE + '/index.js', () => import(pathToFileURL(MJS).href))`,
    'module.isBuiltin': `replacing(require('module'), 'isBuiltin', () => false, () => require('module').prototype.require.call(module, 'repl'))`,
    'Module._resolveFilename': `replacing(require('module'), '_resolveFilename', () => 'wasi', () => require('module')._load('./x'))`,
  },
  folder: {
    'the root': `fs.readdirSync('/')`,
    'the working folder': `fs.readdirSync('.')`,
    'the one above the packages': `fs.readdirSync(PACKAGE + '/../../..')`,
  },
  'another process': {
    cluster: `require('cluster').fork()`,
    'cluster, by import': `import('node:cluster').then(({ default: cluster }) => cluster.fork())`,
    ...Object.fromEntries(
      ['exec', 'execFile', 'execFileSync', 'execSync', 'fork', 'spawn', 'spawnSync'].flatMap((name) => [
        [name, `require('child_process').${name}('/bin/sh', ['-c', 'echo x > ' + WRITTEN])`],
        [`${name}, by import`, `import('node:child_process').then((all) => all.${name}('/bin/sh'))`],
        [`${name}, by the loader`, `require('module')._load('node:child_process').${name}('/bin/sh')`],
        [
          `${name}, by createRequire`,
          `require('module').createRequire(FOLDER + '/')('child_process').${name}('/bin/sh')`,
        ],
        [`${name}, by getBuiltinModule`, `has(process, 'getBuiltinModule')('child_process').${name}('/bin/sh')`],
      ]),
    ),
    _forkChild: `require('child_process')._forkChild(3, 'json')`,
  },
};

/** The ways to name a file. */
const NAMES: Readonly<Record<string, string>> = {
  'an absolute path': 'SECRET',
  bytes: 'Buffer.from(SECRET)',
  'other bytes': 'new TextEncoder().encode(SECRET)',
  'a URL': 'pathToFileURL(SECRET)',
  'a path that climbs': `PACKAGE + '/../'.repeat(12) + SECRET`,
  'a relative path': `require('path').relative(process.cwd(), SECRET)`,
  'a link': 'LINK',
};

const READING = [
  'access',
  'exists',
  'lstat',
  'open',
  'opendir',
  'openAsBlob',
  'readFile',
  'readdir',
  'readlink',
  'realpath',
  'stat',
  'statfs',
];
/** The functions with the arguments after the path. */
const WRITING: Readonly<Record<string, string>> = {
  appendFile: `WRITTEN, 'x'`,
  chmod: 'SECRET, 0o777',
  chown: 'SECRET, 0, 0',
  copyFile: 'SECRET, WRITTEN',
  cp: 'SECRET, WRITTEN, {}',
  glob: `FOLDER + '/*'`,
  lchmod: 'SECRET, 0o777',
  lchown: 'SECRET, 0, 0',
  link: 'SECRET, WRITTEN',
  lutimes: 'SECRET, 1, 1',
  mkdir: 'WRITTEN',
  mkdtemp: 'WRITTEN',
  mkdtempDisposable: 'WRITTEN',
  open: `WRITTEN, 'w'`,
  rename: 'SECRET, WRITTEN',
  rm: 'SECRET',
  rmdir: 'FOLDER',
  symlink: `'/etc', WRITTEN`,
  truncate: 'SECRET, 0',
  unlink: 'SECRET',
  utimes: 'SECRET, 1, 1',
  writeFile: `WRITTEN, 'x'`,
  /** The read functions that can be asked to empty the file. */
  readFile: `PACKAGE + '/index.js', { flag: 'w' }`,
};

function ofFiles(): WayIn[] {
  const calls = (name: string, given: string): Record<string, string> => ({
    [`${name}Sync`]: `(() => { const found = has(fs, '${name}Sync')(${given}); ${name === 'exists' ? `if (!found) throw Object.assign(new Error(), { code: 'UNSEEN' });` : ''}${name === 'glob' ? `if (found.length === 0) throw Object.assign(new Error(), { code: 'UNSEEN' });` : ''} return found ?? 'done'; })()`,
    [name]:
      name === 'exists'
        ? `new Promise((done, fail) => fs.exists(${given}, (found) => (found ? done(1) : fail(Object.assign(new Error(), { code: 'UNSEEN' })))))`
        : name === 'openAsBlob'
          ? `has(fs, 'openAsBlob')(${given})`
          : `settled((done) => has(fs, '${name}')(${given}, done))${name === 'glob' ? `.then((found) => { if (found.length === undefined || found.length === 0) throw Object.assign(new Error(), { code: 'UNSEEN' }); return found; })` : ''}`,
    [`promises.${name}`]:
      name === 'glob'
        ? `(async () => { for await (const one of has(fs.promises, 'glob')(${given})) return one; throw Object.assign(new Error(), { code: 'UNSEEN' }); })()`
        : `has(fs.promises, '${name}')(${given}).then((found) => found ?? 'done')`,
  });
  const reading = READING.flatMap((name) =>
    Object.entries(NAMES).flatMap(([form, given]) =>
      Object.entries(calls(name, given)).map(([call, expression]) => ({
        group: 'file to read',
        name: `${call}, ${form}`,
        expression,
      })),
    ),
  );
  const natively = Object.entries(NAMES).flatMap(([form, given]) => [
    { group: 'file to read', name: `realpathSync.native, ${form}`, expression: `fs.realpathSync.native(${given})` },
    {
      group: 'file to read',
      name: `realpath.native, ${form}`,
      expression: `settled((done) => fs.realpath.native(${given}, done))`,
    },
    {
      group: 'file to read',
      name: `createReadStream, ${form}`,
      expression: `settled((done) => fs.createReadStream(${given}).on('error', done).on('data', (data) => done(undefined, String(data))))`,
    },
    {
      group: 'file to read',
      name: `new ReadStream, ${form}`,
      expression: `settled((done) => new fs.ReadStream(${given}).on('error', done).on('data', (data) => done(undefined, String(data))))`,
    },
  ]);
  const writing = Object.entries(WRITING).flatMap(([name, given]) =>
    Object.entries(calls(name, given)).map(([call, expression]) => ({
      group: 'file to write',
      name: call,
      expression,
    })),
  );
  const streams = ['createWriteStream', 'new fs.WriteStream'].map((name) => ({
    group: 'file to write',
    name,
    expression: `settled((done) => ${name.startsWith('new') ? name : `fs.${name}`}(WRITTEN).on('error', done).on('open', () => done()))`,
  }));
  return [...reading, ...natively, ...writing, ...streams];
}

/** The ways to name other code. */
function ofModules(): WayIn[] {
  const specifiers: Readonly<Record<string, string>> = {
    'an absolute path': 'THING',
    'a file: URL': 'pathToFileURL(THING).href',
    'a path that climbs': `PACKAGE + '/../'.repeat(12) + THING`,
    'a relative path': `require('path').relative(PACKAGE, THING)`,
    'a link': 'LINK',
    'a data: URL that imports it': `'data:text/javascript,export * from ' + encodeURIComponent(JSON.stringify(pathToFileURL(THING).href))`,
  };
  const loads: Readonly<Record<string, (given: string) => string>> = {
    require: (given) => `require(${given})`,
    'require.resolve': (given) => `require.resolve(${given})`,
    createRequire: (given) => `require('module').createRequire(PACKAGE + '/index.js')(${given})`,
    'createRequire elsewhere': (given) => `require('module').createRequire(FOLDER + '/x.js')(${given})`,
    'createRequire, resolve': (given) => `require('module').createRequire(FOLDER + '/x.js').resolve(${given})`,
    'Module._load': (given) => `require('module')._load(${given})`,
    'Module.prototype.require': (given) => `new (require('module'))('x').require(${given})`,
    'Module.prototype.load': (given) =>
      `(() => { const loaded = new (require('module'))('x'); loaded.load(${given}); return loaded.exports; })()`,
    'Module._extensions': (given) =>
      `(() => { const loaded = new (require('module'))('x'); require('module')._extensions['.js'](loaded, ${given}); return loaded.exports; })()`,
    'Module._extensions for JSON': (given) =>
      `(() => { const loaded = new (require('module'))('x'); require('module')._extensions['.json'](loaded, ${given}); return loaded.exports; })()`,
    'import()': (given) => `import(${given})`,
    'import() with an assertion': (given) => `import(${given}, { assert: { type: 'json' } })`,
    'import() with a type': (given) => `import(${given}, { with: { type: 'json' } })`,
  };
  return ['JSON', 'CJS', 'MJS'].flatMap((kind) =>
    Object.entries(loads).flatMap(([load, call]) =>
      Object.entries(specifiers).map(([form, given]) => ({
        group: 'code or JSON elsewhere',
        name: `${load}, ${form}, ${kind}`,
        expression: call(given.replaceAll('THING', kind).replaceAll('LINK', kind === 'JSON' ? 'LINK' : `LINK_${kind}`)),
      })),
    ),
  );
}

/** All attempts, each with a name of its own. */
export const WAYS_IN: readonly WayIn[] = [
  ...Object.entries(BY_HAND).flatMap(([group, ways]) =>
    Object.entries(ways).map(([name, expression]) => ({ group, name, expression })),
  ),
  ...ofFiles(),
  ...ofModules(),
];
