import { formatCount, formatNumberOf } from './format';

const EVERY_MS = 10_000;

/**
 * Tells of a long run how far it has come, a line every ten seconds at most: `40,000 of 100,000 events sent, 2,000 a second, about 30
 * seconds left`. Nothing is told of a run that is done by then, nor while no answer comes.
 *
 * @param total how many records are to be sent
 * @param record what they are, in the singular: `event`
 * @param now milliseconds of a clock that never runs backwards
 * @param log takes the line
 * @returns to be told of each answer: how many records it settled
 */
export function progressTeller(
	total: number,
	record: string,
	now: () => number,
	log: (line: string) => void,
): (settled: number) => void {
	const started = now();
	let told = started;
	let sent = 0;
	return (settled) => {
		sent += settled;
		const time = now();
		if (time - told < EVERY_MS || sent >= total) return;
		told = time;
		const perSecond = (sent * 1_000) / (time - started);
		const left = Math.max(1, Math.round((total - sent) / perSecond));
		log(
			`eSputnik: ${formatCount(sent)} of ${formatNumberOf(total, record)} sent, ` +
				`${formatCount(Math.round(perSecond))} a second, about ${duration(left)} left`,
		);
	};
}

function duration(seconds: number): string {
	return seconds < 120
		? formatNumberOf(seconds, 'second')
		: formatNumberOf(Math.round(seconds / 60), 'minute');
}
