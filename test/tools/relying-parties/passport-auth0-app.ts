// A small application with `passport-auth0` from its README. Prints the address that it listens on.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** Loads each package from its own folder. */
const load = (name: string, folder = '') => createRequire(join(folder, 'package.json'))(name);
const { AUTH0_DOMAIN: domain = '', CLIENT_ID: clientID = '', CLIENT_SECRET: clientSecret = '' } = process.env;
const express = load('express', process.env.EXPRESS_FOLDER);
const session = load('express-session', process.env.EXPRESS_SESSION_FOLDER);
const passport = load('passport', process.env.PASSPORT_FOLDER);
const Strategy = load('passport-auth0', process.env.TOOL_FOLDER);

type Verified = (error: null, user: unknown) => void;

const app = express();
const server = createServer(app);
server.listen(0, 'localhost', () => {
  const baseURL = `http://localhost:${(server.address() as AddressInfo).port}`;
  const verify = (_access: string, refresh: string | undefined, _extra: unknown, profile: Profile, done: Verified) =>
    done(null, { id: profile.id, email: profile.emails[0]?.value, refreshable: refresh !== undefined });
  const options = { domain, clientID, clientSecret, callbackURL: `${baseURL}/callback` };
  passport.use(new Strategy(options, verify));
  passport.serializeUser((user: unknown, done: Verified) => done(null, user));
  passport.deserializeUser((user: unknown, done: Verified) => done(null, user));
  app.use(session({ secret: 'of a test', resave: false, saveUninitialized: false }));
  app.use(passport.session());
  const scope = 'openid email profile offline_access';
  app.get('/login', passport.authenticate('auth0', { scope }));
  app.get('/silent', passport.authenticate('auth0', { scope, prompt: 'none' }));
  app.get('/callback', passport.authenticate('auth0', { successRedirect: '/', failureRedirect: '/refused' }));
  app.get('/', (request: Request, response: Response) => response.json(request.user ?? {}));
  app.get('/refused', (_request: Request, response: Response) => response.json({ refused: true }));
  app.get('/logout', (request: Request, response: Response) =>
    request.logout(() => {
      const query = new URLSearchParams({ client_id: clientID, returnTo: `${baseURL}/` });
      response.redirect(`https://${domain}/v2/logout?${query}`);
    }),
  );
  console.log(baseURL);
});

interface Profile {
  readonly id: string;
  readonly emails: readonly { readonly value: string }[];
}

interface Request {
  readonly user?: unknown;
  logout(done: () => void): void;
}

interface Response {
  json(body: unknown): void;
  redirect(url: string): void;
}
