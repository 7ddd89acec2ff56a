// Asks the program that listens on a socket for a tenant, prints the line that describes it, and keeps it until this process
// ends. The replay program starts this command for each conversation: `node ask-for-tenant.mjs SOCKET`.
import { createConnection } from 'node:net';

createConnection(process.argv[2]).pipe(process.stdout);
