import { escapeIdentifier, escapeLiteral, type Client } from 'pg';
import { Refusal } from '../config/refusal.js';
import { connect, errorCode } from './connect.js';

/** A group that owns nothing and cannot go around row-level security; who signs in is a member of one of them. */
export interface Group {
  name: string;
  /** The setting with the address of its login. */
  setting: string;
}

export const APP_GROUP: Group = { name: 'netwerkberaad_app', setting: 'DATABASE_URL' };
export const CLERK_GROUP: Group = { name: 'netwerkberaad_clerk', setting: 'DATABASE_CLERK_URL' };

/** Makes the group when it is not there, and the login of the address with its password as a member of it. */
export async function makeRoles(owner: Client, group: Group, url: string): Promise<void> {
  const { username, password } = new URL(url);
  const [login, secret] = [decodeURIComponent(username), decodeURIComponent(password)];
  const makeGroup = `create role ${escapeIdentifier(group.name)} nologin nobypassrls`;
  const makeLogin = `create role ${escapeIdentifier(login)} login nobypassrls in role ${escapeIdentifier(group.name)}`;
  if (!(await roleExists(owner, group.name))) await asOwner(owner, makeGroup);
  if (!(await roleExists(owner, login))) {
    const withPassword = secret ? `${makeLogin} password ${escapeLiteral(secret)}` : makeLogin;
    await asOwner(owner, withPassword, `${makeLogin} password '…'`);
  } else if (!(await isMember(owner, login, group.name))) {
    await refuseMighty(owner, login, group);
    await asOwner(owner, `grant ${escapeIdentifier(group.name)} to ${escapeIdentifier(login)}`);
  }
}

/**
 * The connection obeys row-level security and belongs to its group; refuses a role that could go around it. Returns the
 * connection, for who has more to ask.
 */
export async function connectAs(group: Group, url: string): Promise<Client> {
  const client = await connect(group.setting, url);
  try {
    const login = decodeURIComponent(new URL(url).username);
    if (!(await roleExists(client, group.name)) || !(await isMember(client, login, group.name))) {
      throw new Refusal(
        `${group.setting} signs in as ${login}, who is not in ${group.name}:
        run npm run migrate, or grant ${group.name} to ${login}.`,
      );
    }
    await refuseMighty(client, login, group);
    return client;
  } catch (error) {
    await client.end();
    throw error;
  }
}

async function refuseMighty(client: Client, login: string, group: Group): Promise<void> {
  const { rows } = await client.query<{ mighty: boolean }>(
    `select r.rolsuper or r.rolbypassrls or d.datdba = r.oid mighty
     from pg_roles r, pg_database d where r.rolname = $1 and d.datname = current_database()`,
    [login],
  );
  if (!rows[0]?.mighty) return;
  throw new Refusal(
    `${group.setting} signs in as ${login}, which can go around row-level security (superuser, BYPASSRLS or owner):
    name a role of its own there.`,
  );
}

async function roleExists(client: Client, name: string): Promise<boolean> {
  return (await client.query('select from pg_roles where rolname = $1', [name])).rowCount === 1;
}

async function isMember(client: Client, login: string, group: string): Promise<boolean> {
  const { rowCount } = await client.query(
    `select from pg_auth_members m join pg_roles g on g.oid = m.roleid join pg_roles l on l.oid = m.member
     where g.rolname = $1 and l.rolname = $2`,
    [group, login],
  );
  return (rowCount ?? 0) > 0;
}

/** Runs what the owner may not be allowed to; then says what a superuser has to run instead. */
async function asOwner(owner: Client, sql: string, shown = sql): Promise<void> {
  try {
    await owner.query(sql);
  } catch (error) {
    // Roles belong to the whole server: another database's migration may have made it in the same moment.
    if (['42710', '23505'].includes(errorCode(error))) return;
    if (errorCode(error) !== '42501') throw error;
    throw new Refusal(`DATABASE_OWNER_URL may not make roles: let a superuser run: ${shown}; and start again.`);
  }
}
