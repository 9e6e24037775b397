import { progressTeller } from '../../nodes/Esputnik/report/progress.ts';

/** A run of 100,000 events in answers of 500, so many milliseconds apart. */
function linesOf(msBetweenAnswers: number): string[] {
	const lines: string[] = [];
	let now = 5_000;
	const tell = progressTeller(
		100_000,
		'event',
		() => now,
		(line) => lines.push(line),
	);
	for (let sent = 0; sent < 100_000; sent += 500) {
		now += msBetweenAnswers;
		tell(500);
	}
	return lines;
}

test('a long run tells every ten seconds how far it has come', () => {
	expect(linesOf(250)).toEqual([
		'eSputnik: 20,000 of 100,000 events sent, 2,000 a second, about 40 seconds left',
		'eSputnik: 40,000 of 100,000 events sent, 2,000 a second, about 30 seconds left',
		'eSputnik: 60,000 of 100,000 events sent, 2,000 a second, about 20 seconds left',
		'eSputnik: 80,000 of 100,000 events sent, 2,000 a second, about 10 seconds left',
	]);
});

test('a slow run counts what is left in minutes', () => {
	expect(linesOf(20_000)[0]).toBe(
		'eSputnik: 500 of 100,000 events sent, 25 a second, about 66 minutes left',
	);
});

test('a run of a few seconds tells nothing', () => {
	expect(linesOf(10)).toEqual([]);
});
