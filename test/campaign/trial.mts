import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { setTimeout as sleep } from 'node:timers/promises';
import { startStandin, type Standin } from '../../standin/server.mts';
import type { RunResult } from '../support/engine.mts';
import { CredentialStore } from '../support/engineCredentials.mts';
import { loadSources } from '../support/enginePackage.mts';
import { prepareEngine } from '../support/engineServices.mts';
import { jsonOf, orders, send, stopTextOf, type OnError } from '../support/esputnik.mts';
import { connectedData } from '../support/oauth.mts';
import type { Deviation } from './deviations.mts';

export type Operation = 'send' | 'delete';

export interface Trial {
	readonly operation: Operation;
	readonly onError: OnError;
	readonly deviations: readonly Deviation[];
	/** Options of Send beside {@link SEND}'s. */
	readonly options?: INodeParameters;
}

export const SETTINGS: readonly OnError[] = [
	'stopWorkflow',
	'continueRegularOutput',
	'continueErrorOutput',
];

/** What became of the items of a trial, and where what was told is not what the books of the stand-in say. */
export interface Tally {
	items: number;
	/** accepted, or deleted */
	done: number;
	rejected: number;
	uncertain: number;
	notSent: number;
	/** Items that no outcome tells of, or that are told as stored (deleted) and are not. */
	lost: number;
	/** Items that are told as certainly not stored (deleted), and are. */
	toldWrongly: number;
	/** Events that are stored twice, ranges that were deleted twice. */
	doubled: number;
	/** Runs in whose outcomes, errors or log a secret stands. */
	secrets: number;
	/** Each fault in words, to look into. */
	readonly faults: string[];
}

export const emptyTally = (): Tally => ({
	items: 0,
	done: 0,
	rejected: 0,
	uncertain: 0,
	notSent: 0,
	lost: 0,
	toldWrongly: 0,
	doubled: 0,
	secrets: 0,
	faults: [],
});

const EVENTS = 30;
const EMAILS = orders(EVENTS).map(({ email }) => (typeof email === 'string' ? email : ''));
const DAYS = ['2024-01-01', '2024-01-02', '2024-01-03', '2024-01-04'];
const API_KEY = 'c4n4ry0key1b7d9f3e5a8c2';
const TOKEN = 't0k3n0canary6a1f8e4d9b7';
const CLIENT_SECRET = 'cl13nt0secret5b2e9d7c1a';

/** Runs one trial in n8n's engine against a stand-in of its own, and compares what the node tells with the stand-in's books. */
export async function runTrial(trial: Trial): Promise<Tally> {
	await prepareEngine();
	const { operation, deviations } = trial;
	const standin = await startStandin({
		apiKey: API_KEY,
		token: TOKEN,
		oauthClientSecret: CLIENT_SECRET,
		deletionActive: true,
	});
	try {
		const credentials = await CredentialStore.of(loadSources().credentials, {
			esputnikApi: { apiKey: API_KEY, baseUrl: standin.baseUrl },
			esputnikTokenApi: { apiToken: TOKEN, baseUrl: standin.baseUrl },
			esputnikOAuth2Api: connectedData(standin),
		});
		for (const { switches, faults } of deviations) {
			standin.configure(switches);
			standin.faults.push(...faults);
		}
		const authentication =
			deviations.find((deviation) => deviation.authentication)?.authentication ?? 'apiKey';
		if (authentication === 'oAuth2') standin.oauth.expireAccessTokens();
		const run = await send(standin, {
			items: operation === 'send' ? orders(EVENTS) : DAYS.map((day) => ({ day })),
			onError: trial.onError,
			parameters: { authentication, ...parametersOf(trial) },
			run: { credentials },
		});
		await quiet(standin);
		return compare(trial, run, standin);
	} finally {
		await standin.close();
	}
}

/** Five requests, three at a time; a request whose fate is unknown is reported. */
const SEND: INodeParameters = { batchSize: 7, parallelRequests: 3, timeout: 1500, maxRetries: 1 };

const DELETE: INodeParameters = {
	operation: 'delete',
	from: '={{ $json.day }}',
	to: '={{ $json.day }}',
	confirmDeletion: true,
};

function parametersOf({ operation, options }: Trial): INodeParameters {
	return operation === 'delete' ? DELETE : { options: { ...SEND, ...options } };
}

/** What the node left on its way would arrive now. */
async function quiet({ received }: Standin): Promise<void> {
	for (let look = 0; look < 20 && received.connections.open > 0; look++) await sleep(25);
	await sleep(50);
}

function compare(
	{ operation, onError, deviations }: Trial,
	run: RunResult,
	standin: Standin,
): Tally {
	const tally = emptyTally();
	const told = operation === 'send' ? toldOfEvents(run) : toldOfRanges(run);
	const truth = operation === 'send' ? storedEvents(standin) : deletedDays(standin);
	const keys = operation === 'send' ? EMAILS : DAYS;
	const name = `${operation}, ${onError}, ${deviations.map((deviation) => deviation.name).join(' + ')}`;
	const complain = (kind: 'lost' | 'toldWrongly' | 'doubled', text: string) => {
		tally[kind]++;
		tally.faults.push(`${name}: ${text}`);
	};
	for (const key of keys) {
		const statuses = told.get(key) ?? [];
		const status = statuses.at(0);
		const times = truth.get(key) ?? 0;
		tally.items++;
		if (status === undefined || statuses.length > 1) {
			complain('lost', `${key} has ${statuses.length} outcomes`);
			continue;
		}
		switch (status) {
			case 'accepted':
			case 'deleted':
				tally.done++;
				if (times === 0) complain('lost', `${key} is told as ${status}, and is not`);
				break;
			case 'rejected':
			case 'notSent':
				tally[status]++;
				if (times > 0) complain('toldWrongly', `${key} is told as ${status}, and is there`);
				break;
			case 'uncertain':
				tally.uncertain++;
				break;
			default:
				complain('lost', `${key} has the status ${status}`);
		}
		if (times > 1) complain('doubled', `${key} is there ${times} times`);
	}
	const shown = JSON.stringify([jsonOf(run), jsonOf(run, 1), run.logs, stopTextOf(run)]);
	const leaked = [API_KEY, TOKEN, CLIENT_SECRET].filter((secret) =>
		[secret, Buffer.from(`n8n:${secret}`).toString('base64')].some((form) =>
			[form, form.slice(0, form.length / 2), form.slice(form.length / 2)].some((part) =>
				shown.includes(part),
			),
		),
	);
	if (leaked.length > 0) {
		tally.secrets++;
		tally.faults.push(`${name}: a secret is shown`);
	}
	return tally;
}

/** The statuses that an event was told with, by its contact. */
function toldOfEvents(run: RunResult): Map<string, string[]> {
	const told = new Map<string, string[]>();
	if (run.error === undefined) {
		for (const json of jsonOf(run)) add(told, json.keyValue, json.status);
		for (const { email, details } of jsonOf(run, 1)) add(told, email, statusIn(details));
		return told;
	}
	// Under Stop Workflow the text names what is stored, and the log tells the rest.
	const text = stopTextOf(run);
	if (text.startsWith('Nothing was sent.') || text.includes('so nothing was sent')) {
		for (const email of EMAILS) add(told, email, 'notSent');
		return told;
	}
	const [, stored = ''] = /do not run these items again: ([\d–, ]+)\./.exec(text) ?? [];
	const line = logLine(run);
	for (const [, status, ranges] of line.matchAll(/events? (\w+): items ([\d–, ]+)/g)) {
		for (const item of itemsIn(ranges)) add(told, EMAILS[item], status);
	}
	const named = itemsIn(stored).map((item) => EMAILS[item]);
	const accepted = EMAILS.filter((email) => told.get(email)?.[0] === 'accepted');
	if (named.join() !== accepted.join()) {
		for (const email of EMAILS) told.set(email, []);
	}
	return told;
}

/** The statuses that a range was told with, by its day. */
function toldOfRanges(run: RunResult): Map<string, string[]> {
	const told = new Map<string, string[]>();
	if (run.error === undefined) {
		jsonOf(run).forEach((json) => add(told, dayOf(json), statusIn(json)));
		for (const { day, details } of jsonOf(run, 1)) add(told, day, statusIn(details));
		return told;
	}
	const line = logLine(run);
	if (line === '') {
		for (const day of DAYS) add(told, day, 'notSent');
		return told;
	}
	for (const [, status, ranges] of line.matchAll(/ranges? (\w+): ([^;()]+)/g)) {
		for (const day of DAYS) if (ranges.includes(day)) add(told, day, status);
	}
	return told;
}

/** The line at the end of a run; a long run tells how far it has come before. */
function logLine({ logs }: RunResult): string {
	const texts = logs.map(({ message }) => message);
	return texts.filter((text) => /^eSputnik: \d.*(: items |ranges? \w+: )/.test(text)).at(-1) ?? '';
}

function add(told: Map<string, string[]>, key: unknown, status: unknown): void {
	if (typeof key !== 'string') return;
	told.set(key, [...(told.get(key) ?? []), typeof status === 'string' ? status : 'none']);
}

function statusIn(json: unknown): unknown {
	if (typeof json !== 'object' || json === null) return undefined;
	if ('deleted' in json && json.deleted === true) return 'deleted';
	return 'status' in json ? json.status : undefined;
}

function dayOf({ from }: IDataObject): unknown {
	return typeof from === 'string' ? from.slice(0, 10) : undefined;
}

/** `0–6, 14` → 0 … 6, 14 */
function itemsIn(ranges: string): number[] {
	return ranges
		.split(',')
		.filter((range) => range.trim() !== '')
		.flatMap((range) => {
			const [first, last = first] = range.split('–').map(Number);
			return Array.from({ length: last - first + 1 }, (_, index) => first + index);
		});
}

function storedEvents({ received }: Standin): Map<string, number> {
	const times = new Map<string, number>();
	for (const { keyValue } of received.events) times.set(keyValue, (times.get(keyValue) ?? 0) + 1);
	return times;
}

function deletedDays({ received }: Standin): Map<string, number> {
	const times = new Map<string, number>();
	for (const { from } of received.deletions) {
		const day = from.slice(0, 10);
		times.set(day, (times.get(day) ?? 0) + 1);
	}
	return times;
}
