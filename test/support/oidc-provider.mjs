/**
 * A real OpenID Connect provider in a process of its own: `node test/support/oidc-provider.mjs <port> <redirect> <sign-out>`.
 * Whom it knows and what it says wrongly comes by POST to /control: `{ accounts, wrong, idTokenSeconds }`. What is wrong goes into
 * ID tokens that are signed again with its own key, or with another's (`wrong.key`).
 */
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import { decodeJwt, importJWK, SignJWT } from 'jose';
import { Provider } from 'oidc-provider';

const [port, redirect, signedOut] = process.argv.slice(2);
const issuer = `http://localhost:${port}`;
const newKey = () => ({ ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }), kid: 'k1', use: 'sig', alg: 'RS256' });
const key = newKey();
const otherKey = newKey();
const told = { accounts: {}, wrong: null, idTokenSeconds: 300 };

const client = (id) => ({
  client_id: id,
  client_secret: `secret of ${id}`,
  redirect_uris: [redirect],
  post_logout_redirect_uris: [signedOut],
  token_endpoint_auth_method: 'client_secret_post',
});

const provider = new Provider(issuer, {
  clients: [client('netwerkberaad'), client('another')],
  jwks: { keys: [key] },
  cookies: { keys: ['a key of this run only'] },
  claims: { openid: ['sub'], profile: ['name', 'roles', 'org'], email: ['email', 'email_verified'] },
  pkce: { required: () => true },
  ttl: { IdToken: () => told.idTokenSeconds, AccessToken: 600, AuthorizationCode: 60, Interaction: 600, Session: 600, Grant: 600 },
  findAccount: (_, sub) => told.accounts[sub] && { accountId: sub, claims: () => ({ sub, ...told.accounts[sub] }) },
});

provider.use(async (ctx, next) => {
  await next();
  if (ctx.oidc?.route !== 'token' || !told.wrong || !ctx.body?.id_token) return;
  const { key: which, ...claims } = told.wrong;
  const now = Math.floor(Date.now() / 1000);
  const moved = Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, typeof value === 'number' ? now + value : value]));
  const signer = await importJWK(which === 'other' ? otherKey : key, 'RS256');
  const token = new SignJWT({ ...decodeJwt(ctx.body.id_token), ...moved });
  ctx.body = { ...ctx.body, id_token: await token.setProtectedHeader({ alg: 'RS256', kid: 'k1' }).sign(signer) };
});

const handle = provider.callback();
createServer((request, response) => {
  if (request.url !== '/control') return handle(request, response);
  let body = '';
  request.on('data', (chunk) => (body += chunk));
  request.on('end', () => {
    Object.assign(told, JSON.parse(body));
    response.end('{}');
  });
}).listen(Number(port), 'localhost', () => console.log('ready'));
