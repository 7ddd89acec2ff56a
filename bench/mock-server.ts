// `oauth2-mock-server` from npm, to compare with: it has no page, checks no password, keeps no session and runs no Action.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { installTool } from '../test/tools/install-tool.ts';

const folder = await installTool('oauth2-mock-server', '9.3.0');
const require = createRequire(join(folder, 'package.json'));
const { OAuth2Server } = require('oauth2-mock-server');
const server = new OAuth2Server();
await server.issuer.keys.generate('RS256');
await server.start(0, 'localhost');
console.log(JSON.stringify({ url: `${server.issuer.url}/`, clientId: 'apex', clientSecret: 'a-secret' }));
process.once('SIGTERM', async () => {
  await server.stop();
  process.exit();
});
