import { Value } from '@sinclair/typebox/value';
import { Random } from '../../scripts/sample/random.mts';
import { SWITCH_GROUPS, Switches } from '../../standin/options.mts';
import { allDeviations, BOOK_KEEPING, missingFaults } from '../campaign/deviations.mts';
import { emptyTally, runTrial, SETTINGS, type Tally, type Trial } from '../campaign/trial.mts';
import { goTogether, randomPairs, runTrials } from '../campaign/trials.mts';

/*
 * A short form of `npm run campaign`: some of what it runs, chosen anew each time; the texts of a failure name what to run again.
 */

const all = allDeviations();
const random = new Random(Date.now());

/** Groups that concern neither past events nor the credentials that send them. */
const OF_OTHERS = new Set(
	Object.keys(SWITCH_GROUPS).filter((group) => /contacts|import|Live events/.test(group)),
);
const ofPastEvents = all.filter(({ group }) => !OF_OTHERS.has(group));

/** A deletion that is not answered takes a minute, which its node gives it. */
const deletesQuickly = all.filter(
	({ group, name }) =>
		['Deleting', 'Misbehaviour', 'Faults'].includes(group) &&
		!/^(hang|slow|drip|deaf|status 429|status 503|statusInstead)/.test(name),
);

/** Some of a list, each once. */
function some<T>(list: readonly T[], count: number): T[] {
	const rest = [...list];
	return Array.from({ length: count }, () => rest.splice(random.between(0, rest.length - 1), 1)[0]);
}

async function tallyOf(trials: readonly Trial[]): Promise<Tally> {
	return await runTrials(trials, 6, () => undefined);
}

function expectTruth(tally: Tally): void {
	expect(tally.faults).toEqual([]);
	expect(tally).toMatchObject({ lost: 0, toldWrongly: 0, doubled: 0, secrets: 0 });
}

test('the campaign has every switch and every fault', () => {
	const subjects = new Set(all.map(({ subject }) => subject));
	const missing = Object.keys(Value.Create(Switches)).filter(
		(name) => !subjects.has(name) && !BOOK_KEEPING.has(name),
	);

	expect(missing).toEqual([]);
	expect(missingFaults()).toEqual([]);
});

test('the campaign leaves out the pairs of which no client could tell what came of them', () => {
	const named = (name: string) => all.filter((deviation) => deviation.name.startsWith(name));
	const pages = named('htmlInstead');
	const together = (name: string) =>
		named(name).flatMap((fault) => pages.map((page) => goTogether(fault, page)));

	for (const name of ['empty {', 'status 202 {'])
		expect(new Set(together(name))).toEqual(new Set([false]));
	for (const name of ['cut {', 'status 500 {'])
		expect(new Set(together(name))).toEqual(new Set([true]));
});

test('what the node tells is what the books say, however eSputnik misbehaves', async () => {
	const trials = SETTINGS.flatMap((onError): Trial[] => [
		...some(ofPastEvents, 9).map(
			(deviation): Trial => ({
				operation: 'send',
				onError,
				deviations: [deviation],
			}),
		),
		...randomPairs(ofPastEvents, 3, random.between(1, 1e9)).map(
			(deviations): Trial => ({
				operation: 'send',
				onError,
				deviations,
			}),
		),
		...some(deletesQuickly, 5).map(
			(deviation): Trial => ({
				operation: 'delete',
				onError,
				deviations: [deviation],
			}),
		),
	]);
	const tally = await tallyOf(trials);

	expectTruth(tally);
	expect(tally.done).toBeGreaterThan(0);
}, 120_000);

describe('the campaign notices', () => {
	test('an event that is stored twice', async () => {
		const [stored] = all.filter(({ name }) => name.startsWith('resetAfterAccepting {"request'));
		const tally = await runTrial({
			operation: 'send',
			onError: 'continueRegularOutput',
			deviations: [stored],
			options: { onUncertain: 'resend' },
		});

		expect(tally.doubled).toBe(7);
		expect(tally.faults[0]).toMatch(/buyer\d+@example\.com is there 2 times/);
	});

	test('nothing where all is well', async () => {
		const [pass] = all.filter(({ name }) => name.startsWith('pass'));
		const tally = await runTrial({
			operation: 'send',
			onError: 'stopWorkflow',
			deviations: [pass],
		});

		expect(tally).toEqual({ ...emptyTally(), items: 30, done: 30 });
	});
});
