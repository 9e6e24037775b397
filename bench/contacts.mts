/**
 * Import Contacts on 100,000 contacts with twelve columns, filled as shops fill them: its time in n8n's engine against prebuilt bodies
 * through n8n's bare HTTP helper, one after another, in one run; its requests against the fewest there could be; and whether it would have
 * emptied a field. A missed goal ends with exit code 1.
 *
 *     npm run bench -- --only contacts
 */
import { fork } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { IDataObject } from 'n8n-workflow';
import { loadUnpacked } from '../test/support/enginePackage.mts';
import { runWorkflow } from '../test/support/engine.mts';
import { inNode } from '../test/support/inNode.mts';
import { ESPUTNIK, itemsToEsputnik } from '../test/support/workflowJson.mts';
import { Random } from '../scripts/sample/random.mts';

const CONTACTS = 100_000;
const BATCH = 1_000;
const ROUNDS = 3;
const MOST_TIMES_THE_FLOOR = 2;

/** How many of a hundred contacts have a value, and with what it comes together. */
function shopContacts(): IDataObject[] {
	const random = new Random(7);
	const has = (percent: number) => random.between(1, 100) <= percent;
	return Array.from({ length: CONTACTS }, (_, index) => {
		const isRegistered = has(85);
		const hasOrdered = has(70);
		return {
			email: `customer${index}@example.com`,
			phone: has(60) ? `+38 (050) ${String(index).padStart(7, '0')}` : '',
			id: isRegistered ? `c-${index}` : null,
			first: has(95) ? 'Олена' : '',
			last: has(90) ? 'Shevchenko' : '',
			language: 'uk',
			city: hasOrdered ? 'Kyiv' : '',
			street: hasOrdered ? `Khreshchatyk ${index % 90}` : '',
			zip: hasOrdered && has(95) ? '01001' : '',
			region: hasOrdered && has(40) ? 'Kyivska' : '',
			company: has(10) ? 'Example Ltd' : '',
			remarks: has(20) ? 'prefers the evening' : '',
		};
	});
}

const COLUMNS = {
	email: '={{ $json.email }}',
	phone: '={{ $json.phone }}',
	externalCustomerId: '={{ $json.id }}',
	firstName: '={{ $json.first }}',
	lastName: '={{ $json.last }}',
	languageCode: '={{ $json.language }}',
	town: '={{ $json.city }}',
	address: '={{ $json.street }}',
	postcode: '={{ $json.zip }}',
	region: '={{ $json.region }}',
	'field:15872': '={{ $json.company }}',
	'field:15873': '={{ $json.remarks }}',
};

/** Takes imports and hands on what came. It has a process of its own, as a server has a computer of its own. */
function serve(): void {
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			response.setHeader('content-type', 'application/json');
			const isImport = request.url === '/api/v1/contacts';
			response.end(isImport ? '{"asyncSessionId":"s-1"}' : '{}');
			if (isImport) process.send?.(Buffer.concat(chunks).toString());
		});
	});
	server.listen(0, '127.0.0.1', () => {
		const address = server.address();
		if (typeof address === 'object' && address !== null) process.send?.(address.port);
	});
}

async function main(): Promise<void> {
	const server = fork(fileURLToPath(import.meta.url), { execArgv: ['--import', 'tsx'] });
	const bodies: string[] = [];
	const port = await new Promise<AddressInfo['port']>((resolve) => {
		server.on('message', (message: unknown) => {
			if (typeof message === 'number') resolve(message);
			else if (typeof message === 'string') bodies.push(message);
		});
	});
	const credential = { apiKey: 'bench-key', baseUrl: `http://127.0.0.1:${port}/api` };
	try {
		const items = shopContacts();
		const unpacked = await loadUnpacked(process.cwd());
		const importAll = async () => {
			const run = await runWorkflow({
				workflow: itemsToEsputnik(
					{
						resource: 'contact',
						operation: 'import',
						dedupeOn: 'email',
						contactMapping: { mappingMode: 'defineBelow', value: COLUMNS },
						options: { requestsPerSecond: 100_000, waitForImport: false, batchSize: BATCH },
					},
					{ onError: 'continueRegularOutput' },
				),
				items,
				package: unpacked,
				credentials: { esputnikApi: credential },
			});
			const taken = run.output(ESPUTNIK).filter(({ json }) => json.status === 'queued').length;
			if (taken !== CONTACTS) throw new Error(`${taken} of ${CONTACTS} contacts were taken`);
			return run.durationMs(ESPUTNIK);
		};

		await importAll();
		const sent = bodies.splice(0);
		const sets = new Set(sent.map(fieldsOf)).size;
		const most = Math.ceil(CONTACTS / BATCH) + sets;
		const wiped = sent.flatMap(missingFields);

		const ours: number[] = [];
		const floor: number[] = [];
		await inNode(credential, async (context) => {
			const prebuilt = sent.map((body) => Buffer.from(body));
			for (let round = 0; round < ROUNDS; round++) {
				ours.push(await importAll());
				const started = performance.now();
				for (const body of prebuilt) {
					await context.helpers.httpRequest({
						method: 'POST',
						url: `${credential.baseUrl}/v1/contacts`,
						headers: { 'Content-Type': 'application/json' },
						body,
						returnFullResponse: true,
					});
				}
				floor.push(performance.now() - started);
			}
		});
		const times = Math.min(...ours) / Math.min(...floor);
		console.table({
			contacts: CONTACTS,
			'node time, ms': Math.round(Math.min(...ours)),
			'prebuilt bodies, ms': Math.round(Math.min(...floor)),
			'times the prebuilt bodies': times.toFixed(2),
			'sets of fields': sets,
			requests: sent.length,
			'most requests allowed': most,
			'values that would be emptied': wiped.length,
		});
		const isReached = times <= MOST_TIMES_THE_FLOOR && sent.length <= most && wiped.length === 0;
		process.exitCode = isReached ? 0 : 1;
	} finally {
		server.kill();
	}
}

const Sent = Type.Object({
	contactFields: Type.Array(Type.String()),
	customFieldsIDs: Type.Optional(Type.Array(Type.Number())),
	contacts: Type.Array(Type.Record(Type.String(), Type.Unknown())),
});

const Channels = Type.Array(Type.Object({ type: Type.String() }));
const Fields = Type.Array(Type.Object({ id: Type.Number() }));
const Address = Type.Record(Type.String(), Type.String());

function fieldsOf(body: string): string {
	const { contactFields, customFieldsIDs = [] } = Value.Parse(Sent, JSON.parse(body));
	return [...contactFields, ...customFieldsIDs].join();
}

/** The listed fields that a contact of the request lacks: eSputnik would empty them. */
function missingFields(body: string): string[] {
	const { contacts, contactFields, customFieldsIDs = [] } = Value.Parse(Sent, JSON.parse(body));
	return contacts.flatMap(({ channels, fields = [], address = {}, ...own }) => {
		const names = new Set([
			...Value.Parse(Channels, channels).map(({ type }) => type),
			...Value.Parse(Fields, fields).map(({ id }) => String(id)),
			...Object.keys(Value.Parse(Address, address)),
			...Object.keys(own),
		]);
		return [...contactFields, ...customFieldsIDs.map(String)].filter((name) => !names.has(name));
	});
}

if (process.send === undefined) await main();
else serve();
