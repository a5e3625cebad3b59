import { runMigrations } from 'bullmq';
import { connect } from '../database/connect.js';

/** Brings BullMQ's own tables in schema `bullmq` up to date, on a connection of its own: it commits whatever is open there. */
export async function migrateQueue(clerkUrl: string): Promise<void> {
  const client = await connect('DATABASE_CLERK_URL', clerkUrl);
  try {
    await runMigrations(client);
  } finally {
    await client.end();
  }
}
