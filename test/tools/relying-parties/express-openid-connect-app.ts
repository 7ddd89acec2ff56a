// A small application from the quickstart of `express-openid-connect`: reads its settings from the environment, like the
// package does, and prints the address that it listens on.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

const { TOOL_FOLDER = '', RESPONSE_TYPE } = process.env;
const load = createRequire(join(TOOL_FOLDER, 'package.json'));
const express = load('express');
const { auth, requiresAuth } = load('express-openid-connect');

const app = express();
const server = createServer(app);
server.listen(0, 'localhost', () => {
  const baseURL = `http://localhost:${(server.address() as AddressInfo).port}`;
  const code = { authorizationParams: { response_type: 'code', scope: 'openid profile email offline_access' } };
  app.use(auth({ authRequired: false, idpLogout: true, baseURL, ...(RESPONSE_TYPE === 'code' ? code : {}) }));
  app.get('/', (request: Request, response: Response) => {
    response.json({ in: request.oidc.isAuthenticated(), email: request.oidc.user?.email });
  });
  app.get('/profile', requiresAuth(), async (request: Request, response: Response) => {
    response.json(await request.oidc.fetchUserInfo());
  });
  app.get('/refresh', requiresAuth(), async (request: Request, response: Response) => {
    const before = request.oidc.accessToken.access_token;
    const after = (await request.oidc.accessToken.refresh()).access_token;
    response.json({ renewed: before !== after, email: (await request.oidc.fetchUserInfo()).email });
  });
  app.get('/silent', (_request: Request, response: Response) => response.oidc.silentLogin({ returnTo: '/' }));
  console.log(baseURL);
});

interface Request {
  readonly oidc: {
    isAuthenticated(): boolean;
    readonly user?: { readonly email: string };
    readonly accessToken: { readonly access_token: string; refresh(): Promise<{ readonly access_token: string }> };
    fetchUserInfo(): Promise<{ readonly email: string }>;
  };
}

interface Response {
  readonly oidc: { silentLogin(options: { readonly returnTo: string }): Promise<void> };
  json(body: unknown): void;
}
