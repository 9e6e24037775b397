import {
	deliver,
	noteText,
	type Consignment,
	type DeliveryNote,
	type DeliverySettings,
} from '../../nodes/Esputnik/delivery/deliver.ts';
import type { Verdict } from '../../nodes/Esputnik/delivery/verdict.ts';
import { VirtualClock } from '../support/virtualClock.mts';

/** A resource whose faults are texts, and whose receipts are the numbers of its attempts. */
type TextVerdict = Verdict<string, number>;

const SETTINGS: DeliverySettings = {
	batchSize: 1,
	parallelRequests: 8,
	requestsPerSecond: 1000,
	maxRetries: 2,
	onUncertain: 'report',
	stopOnProblem: false,
};

const ONE_BY_ONE = { ...SETTINGS, parallelRequests: 1, stopOnProblem: true, giveUpAfter: 1 };

interface Attempt {
	readonly records: readonly number[];
	readonly from: number;
	readonly to: number;
}

/** @param answer by the attempt, from 1, and its records */
async function run(
	records: number,
	answer: (attempt: number, records: readonly number[]) => TextVerdict,
	settings: DeliverySettings,
	rest: Partial<Consignment<string, number>> = {},
) {
	const clock = new VirtualClock();
	const attempts: Attempt[] = [];
	const notes: DeliveryNote[] = [];
	const report = await clock.passUntil(
		deliver<string, number>(
			{
				records,
				send: async (positions) => {
					const attempt = attempts.length + 1;
					const latency = 10 + ((attempt * 37) % 50);
					attempts.push({ records: positions, from: clock.now(), to: clock.now() + latency });
					await clock.sleep(latency);
					return answer(attempt, positions);
				},
				words: (fault) => ({
					reason: fault.kind === 'answer' ? fault.fault : fault.kind,
					what: 'It was not taken',
					advice: 'Do something.',
				}),
				observe: (note) => notes.push(note),
				...rest,
			},
			settings,
			clock,
		),
	);
	const ends = report.outcomes.map((outcome) =>
		outcome.status === 'accepted' ? outcome.status : `${outcome.status}: ${outcome.problem.reason}`,
	);
	return { ...report, ends, attempts, notes };
}

const taken = (attempt: number, records: readonly number[]): TextVerdict => ({
	kind: 'judged',
	records: records.map(() => ({ kind: 'accepted', receipt: attempt })),
});

describe('records of one key', () => {
	const keyOf = (record: number) => `contact ${record % 3}`;

	test.each([1, 2, 5])(
		'are never on their way at the same time and leave in their order, %i in a request',
		async (batchSize) => {
			const { ends, attempts } = await run(
				60,
				(attempt, records) =>
					attempt % 4 === 0 ? { kind: 'later', fault: 'busy' } : taken(attempt, records),
				{ ...SETTINGS, batchSize, maxRetries: 9 },
				{ sequenceKey: keyOf },
			);
			expect(ends).toEqual(new Array(60).fill('accepted'));
			for (const key of [0, 1, 2]) {
				const ofKey = attempts.flatMap(({ records, from, to }) =>
					records.filter((record) => record % 3 === key).map((record) => ({ record, from, to })),
				);
				for (let next = 1; next < ofKey.length; next++) {
					expect(ofKey[next].from).toBeGreaterThanOrEqual(ofKey[next - 1].to);
					expect(ofKey[next].record).toBeGreaterThanOrEqual(ofKey[next - 1].record);
				}
			}
		},
	);

	test('do not hold up those of other keys', async () => {
		const { attempts } = await run(
			20,
			taken,
			{ ...SETTINGS, parallelRequests: 4 },
			{ sequenceKey: (record) => (record < 10 ? 'one and the same' : `key ${record}`) },
		);
		expect(attempts.slice(0, 5).map(({ records }) => records[0])).toEqual([0, 1, 10, 11, 12]);
	});

	test('wait for no record that is left out', async () => {
		const { ends } = await run(4, taken, SETTINGS, {
			sequenceKey: () => 'one and the same',
			leaveOut: (record) => (record === 1 ? 'not wanted' : undefined),
		});
		expect(ends).toEqual(['accepted', 'notSent: not wanted', 'accepted', 'accepted']);
	});
});

describe('one after another', () => {
	test('nothing is sent after a record that was rejected, uncertain or not taken', async () => {
		const ends = async (verdict: TextVerdict) =>
			(
				await run(
					3,
					(attempt, records) => (records[0] === 1 ? verdict : taken(attempt, records)),
					ONE_BY_ONE,
				)
			).ends;
		expect(await ends({ kind: 'refused', fault: 'no', cause: 'no' })).toEqual([
			'accepted',
			'rejected: no',
			'notSent: stopped',
		]);
		expect(await ends({ kind: 'uncertain', fault: 'lost' })).toEqual([
			'accepted',
			'uncertain: lost',
			expect.stringMatching(/^notSent/),
		]);
		expect(await ends({ kind: 'later', fault: 'busy' })).toEqual([
			'accepted',
			'notSent: busy',
			'notSent: gaveUp',
		]);
		expect(await ends({ kind: 'fatal', fault: 'who are you' })).toEqual([
			'accepted',
			'notSent: who are you',
			'notSent: who are you',
		]);
	});

	test('the log names requests without a number of records where each holds one', async () => {
		const { notes } = await run(
			1,
			(attempt, records) =>
				attempt === 1 ? { kind: 'later', fault: 'busy' } : taken(attempt, records),
			ONE_BY_ONE,
		);
		expect(notes.map((note) => noteText(note))).toEqual(['Request 1: busy, attempt 2 in 500 ms']);
	});
});

test('what a taken record is known by comes with its outcome', async () => {
	const { outcomes } = await run(3, taken, { ...SETTINGS, batchSize: 2, parallelRequests: 1 });
	expect(outcomes).toEqual([
		{ status: 'accepted', request: 1, receipt: 1 },
		{ status: 'accepted', request: 1, receipt: 1 },
		{ status: 'accepted', request: 2, receipt: 2 },
	]);
});

test('a verdict on another number of records says nothing about them', async () => {
	const { ends } = await run(2, () => ({ kind: 'judged', records: [{ kind: 'accepted' }] }), {
		...SETTINGS,
		batchSize: 2,
	});
	expect(ends).toEqual(['uncertain: broken', 'uncertain: broken']);
});
