/**
 * The example workflow in a real n8n with its editor, the local eSputnik beside it.
 *
 *     npm start -- [--fresh]
 *
 * What is changed in the editor is kept for the next start; --fresh begins anew.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startStandin, type Standin } from '../standin/server.mts';
import { findCache } from './realN8n/cache.mts';
import type { Instance } from './realN8n/command.mts';
import { installCommunityPackage } from './realN8n/communityPackage.mts';
import {
	EXAMPLE_ID,
	STANDIN_CREDENTIAL,
	exampleWorkflow,
	standinCredential,
} from './realN8n/example.mts';
import { importCredentials, importWorkflows } from './realN8n/importing.mts';
import { installN8n } from './realN8n/install.mts';
import type { InstalledN8n } from './realN8n/installedN8n.mts';
import { aborted, interruptSignal } from './realN8n/interrupt.mts';
import { reserveFolder } from './realN8n/lock.mts';
import { editorPort } from './realN8n/ports.mts';
import { Advice } from './realN8n/problems.mts';
import { OWNER, signInAsOwner } from './realN8n/rest.mts';
import { startServer } from './realN8n/server.mts';
import { ordersCsv, sampleOrders } from './sample/orders.mts';

const ORDERS = 2000;

const say = (line: string) => console.log(line);

const { values } = parseArgs({ options: { fresh: { type: 'boolean', default: false } } });
const interrupted = interruptSignal();
try {
	const n8n = await installN8n(say, interrupted);
	await runExample(n8n, values.fresh);
} catch (error) {
	if (!interrupted.aborted) fail(error);
}

/** Runs n8n and the local eSputnik until Ctrl+C. */
async function runExample(n8n: InstalledN8n, fresh: boolean): Promise<void> {
	const userFolder = findCache().startData;
	await reserveFolder(userFolder, '"npm start" is running already: use that one, or end it first.');
	const port = await editorPort(say);
	if (fresh) await rm(join(userFolder, '.n8n'), { recursive: true, force: true });

	const files = join(userFolder, 'files');
	const csv = join(files, 'orders.csv');
	await mkdir(files, { recursive: true });
	await writeFile(csv, ordersCsv(sampleOrders(ORDERS).rows));

	say('Starting n8n …');
	const instance: Instance = { n8n, userFolder, filesFolder: files, signal: interrupted };
	await installCommunityPackage(process.cwd(), userFolder);
	const standin = await startStandin();
	try {
		await importExample(instance, standin, csv);
		const server = await startServer(instance, port);
		await connectCredential(server.url, standin);
		tellAddresses(server.url, standin.url, csv);
		await Promise.race([server.ended, aborted(interrupted)]);
		if (!interrupted.aborted)
			throw new Advice(`n8n has ended by itself. The end of its log:\n${await server.logTail()}`);
		say('Ending n8n and the local eSputnik …');
		await server.ended;
	} finally {
		await standin.close();
	}
}

/** The local eSputnik has another port at each start. */
async function connectCredential(n8nUrl: string, standin: Standin): Promise<void> {
	const api = await signInAsOwner(n8nUrl);
	const { id, ...credential } = standinCredential(standin);
	try {
		await api.request('PATCH', `/credentials/${id}`, credential);
	} catch (error) {
		throw new Advice(
			`n8n did not take the address of the local eSputnik for the credential "${STANDIN_CREDENTIAL.name}" (${String(error)}). If you deleted it, begin anew: npm start -- --fresh`,
		);
	}
}

function tellAddresses(n8nUrl: string, standinUrl: string, csv: string): void {
	say('');
	say(`  Editor          ${n8nUrl}/workflow/${EXAMPLE_ID}`);
	say(`  Sign in         ${OWNER.email}   ${OWNER.password}`);
	say(`  Local eSputnik  ${standinUrl}`);
	say(`  Orders          ${csv} (${ORDERS} rows, some broken on purpose)`);
	say('');
	say('Open the editor, sign in, click "Execute workflow", then open "eSputnik".');
	say('Ctrl+C ends it. What you change is kept; "npm start -- --fresh" begins anew.');
}

/** Imports the example and its credential where this example is not in n8n yet. */
async function importExample(instance: Instance, standin: Standin, csv: string): Promise<void> {
	const workflow = await exampleWorkflow(csv, STANDIN_CREDENTIAL);
	const digest = createHash('sha256').update(JSON.stringify(workflow)).digest('hex');
	const marker = join(instance.userFolder, '.n8n', 'example-imported');
	const imported = await readFile(marker, 'utf8').catch(() => '');
	if (imported === digest) return;
	await importCredentials(instance, [standinCredential(standin)]);
	await importWorkflows(instance, [workflow]);
	await writeFile(marker, digest);
}

function fail(error: unknown): void {
	if (!(error instanceof Advice)) throw error;
	console.error(error.message);
	process.exitCode = 1;
}
