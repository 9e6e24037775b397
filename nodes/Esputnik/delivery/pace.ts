/**
 * How many requests at once the server answers well, learnt from its answers. It begins with one and doubles while answers stay as fast as
 * they were. It shrinks where they take longer with more in flight, halves after a 429, a 503, a time-out or another failure, and then grows by
 * half of the way back, at least by one. After a 429 it also keeps to the number of requests that the server took in a second.
 *
 * The rule is that of TCP Vegas, as concurrency limits of services use it: what requests take beyond the usual, they wait in the server's queue,
 * so more of them would only wait longer. Requests that were started before the last change say nothing of it.
 *
 * @see https://github.com/Netflix/concurrency-limits
 * @see https://vector.dev/blog/adaptive-request-concurrency/
 */
export interface Pace {
	/** Requests that may be in flight. */
	readonly inFlight: number;
	/** Requests that may start in a second. */
	readonly perSecond: number;
	/** Why it went down last; undefined where it never did. */
	readonly slowedBy?: Slowing;
	/** How often it went down. */
	readonly slowdowns: number;
	/** How many might be in flight before that. */
	readonly slowedFrom: number;
	readonly bounds: PaceBounds;
	/** Trials in a row that showed it to be right. */
	readonly steadyTrials: number;
	/** Doubles as long as nothing speaks against it. */
	readonly isDoubling: boolean;
	/** Requests that were started before this one say nothing of the present pace. */
	readonly since: number;
	/** The answers to those that do: how many, and the sum of the logarithms of what they took. */
	readonly answers: number;
	readonly logSum: number;
	/** What answers usually take without load; undefined before the first answer. */
	readonly usual?: Usual;
	/** When a 429 came last, and when `perSecond` changed last. */
	readonly limitedAt: number;
	readonly rateChangedAt: number;
}

/** The mean and the variance of logarithms: what answers take is skew. */
interface Usual {
	readonly log: number;
	readonly variance: number;
}

export interface PaceBounds {
	readonly inFlight: number;
	readonly perSecond: number;
}

/** `slower`: answers took longer with more in flight; `limited`: 429; `failed`: a time-out, no or a lost connection, a 5xx. */
export type Slowing = 'slower' | 'limited' | 'failed';

/** The end of one attempt. */
export interface Seen {
	/** Its number among all that were started, from 1, and how many were started until now. */
	readonly number: number;
	readonly started: number;
	/** When it ended and how long it took, in milliseconds. */
	readonly at: number;
	readonly tookMs: number;
	readonly end: 'answered' | 'limited' | 'failed';
	/** How many were in flight, it included. */
	readonly inFlight: number;
	/** How many of the others that started in the second before were not limited as far as is known. */
	readonly takenInASecond: number;
}

/** After the first answer, as many as this: it alone shows little. */
const AFTER_THE_FIRST = 4;

/** Below this a difference is no matter of load: nothing is won by fewer requests. */
const SHORT_MS = 20;

/** With so few in flight what answers take is the usual. */
const WITHOUT_LOAD = 2;

/** By so much answers may take longer than usual, as logarithms: up to the first the pace grows, from the second it shrinks. */
const AS_FAST = Math.log(1.1);
const SLOWER = Math.log(1.2);

/** So many trials without a change, and what is usual is looked at anew. */
const STEADY_TRIALS = 50;

/** The mean of few answers differs from the usual by chance: so many standard errors are allowed. */
const STANDARD_ERRORS = 2;

/** What the spread of answers is taken for before it is known. */
const FIRST_VARIANCE = 0.35 ** 2;

/** How much one trial counts in what is usual, one under load less where it was slower, and how much one answer counts in the variance. */
const WEIGHT = 0.25;
const WEIGHT_OF_SLOWER = 0.1;
const SPREAD_WEIGHT = 0.125;

/** Over this part of what answers usually take the starts of the requests in flight are spread. */
const SPREAD_STARTS = 0.4;

/** Answers of one duration differ by so much in their logarithms. */
const TOLERANCE = 0.02;

/** A server that limits is asked for more again after so long, and then each second. */
const RATE_HOLDS_MS = 10_000;
const RATE_GROWS_EVERY_MS = 1000;
const RATE_GROWTH = 1.1;
const RATE_MARGIN = 0.95;

/** The pace of a run at its begin. @param bounds never passed */
export function firstPace(bounds: PaceBounds): Pace {
	return {
		inFlight: 1,
		perSecond: bounds.perSecond,
		bounds,
		slowdowns: 0,
		slowedFrom: 1,
		steadyTrials: 0,
		isDoubling: true,
		since: 1,
		answers: 0,
		logSum: 0,
		limitedAt: Number.NEGATIVE_INFINITY,
		rateChangedAt: Number.NEGATIVE_INFINITY,
	};
}

/** Milliseconds between two starts: requests that start together would be too many together. */
export function gapOf({ usual, inFlight }: Pace): number {
	return usual === undefined ? 0 : (SPREAD_STARTS * Math.exp(usual.log)) / inFlight;
}

/** The pace after the end of one more attempt. */
export function paceAfter(pace: Pace, seen: Seen): Pace {
	const isOfBefore = seen.number < pace.since;
	if (seen.end !== 'answered') {
		const limited = seen.end === 'limited' ? withRateLearnt(pace, seen, isOfBefore) : pace;
		return isOfBefore ? limited : slowed(limited, seen, seen.end, 0.5);
	}
	const recovered = withRateGrown(pace, seen);
	if (isOfBefore) return recovered;
	const log = Math.log(Math.max(SHORT_MS, seen.tookMs));
	const more = {
		...recovered,
		answers: pace.answers + 1,
		logSum: pace.logSum + log,
		usual: withSpread(pace.usual ?? { log, variance: FIRST_VARIANCE }, log),
	};
	const enough = Math.floor(pace.inFlight / 2) + 1;
	return more.answers < enough ? more : judged(more, seen);
}

/** Enough answers tell how the server bears the present pace. */
function judged(pace: Pace, seen: Seen): Pace {
	const { answers, inFlight, bounds } = pace;
	const log = pace.logSum / answers;
	const { log: usualLog, variance } = pace.usual ?? { log, variance: FIRST_VARIANCE };
	const longer = log - usualLog;
	const chance = STANDARD_ERRORS * Math.sqrt(variance / answers);
	const isAsFast = longer <= AS_FAST + chance;

	// What is slower because of the load is not usual.
	const moves = isAsFast || inFlight <= WITHOUT_LOAD;
	const weight = longer < 0 || inFlight <= WITHOUT_LOAD ? WEIGHT : WEIGHT_OF_SLOWER;
	const usual = { log: usualLog + (moves ? weight * longer : 0), variance };
	if (longer > SLOWER + chance && inFlight > WITHOUT_LOAD) {
		const factor = Math.max(0.5, Math.exp(AS_FAST - longer));
		return { ...slowed(pace, seen, 'slower', factor), usual };
	}
	const next = {
		...pace,
		...nextTrial(seen),
		usual,
		isDoubling: pace.isDoubling || inFlight <= WITHOUT_LOAD,
		steadyTrials: isAsFast ? 0 : pace.steadyTrials,
	};
	if (!isAsFast) return steady(next);
	// Where other bounds keep requests apart, more in flight would show nothing.
	if (seen.inFlight < inFlight) return next;
	return { ...next, inFlight: Math.min(bounds.inFlight, grown(next)) };
}

/** Neither as fast nor slower. After long enough it looks whether answers without load still take what is usual. */
function steady(pace: Pace): Pace {
	const steadyTrials = pace.steadyTrials + 1;
	return steadyTrials < STEADY_TRIALS
		? { ...pace, steadyTrials, isDoubling: false }
		: { ...pace, steadyTrials: 0, inFlight: Math.min(pace.inFlight, WITHOUT_LOAD) };
}

function grown({ inFlight, isDoubling, slowedFrom }: Pace): number {
	if (inFlight === 1) return AFTER_THE_FIRST;
	return isDoubling
		? 2 * inFlight
		: Math.max(inFlight + 1, Math.floor((inFlight + slowedFrom) / 2));
}

/** Load makes answers slower only, so chance shows in those that are quicker than usual. */
function withSpread(usual: Usual, log: number): Usual {
	const quicker = usual.log - log;
	if (quicker < -TOLERANCE) return usual;
	return { ...usual, variance: usual.variance + SPREAD_WEIGHT * (quicker ** 2 - usual.variance) };
}

function slowed(pace: Pace, seen: Seen, slowedBy: Slowing, factor: number): Pace {
	return {
		...pace,
		...nextTrial(seen),
		inFlight: Math.max(1, Math.floor(pace.inFlight * factor)),
		slowedBy,
		slowdowns: pace.slowdowns + 1,
		slowedFrom: pace.inFlight,
		steadyTrials: 0,
		isDoubling: false,
	};
}

/** A server that limits took so many in the second before. Where it was not asked for more, it takes fewer than was learnt. */
function withRateLearnt(pace: Pace, { at, takenInASecond }: Seen, isOfBefore: boolean): Pace {
	const isLearnt = pace.perSecond < pace.bounds.perSecond && !isOfBefore;
	const known = isLearnt ? RATE_MARGIN * pace.perSecond : pace.perSecond;
	const perSecond = Math.max(1, Math.floor(Math.min(known, takenInASecond)));
	return { ...pace, perSecond, limitedAt: at };
}

function nextTrial({ started }: Seen) {
	return { since: started + 1, answers: 0, logSum: 0 };
}

function withRateGrown(pace: Pace, { at }: Seen): Pace {
	const { perSecond, bounds, limitedAt, rateChangedAt } = pace;
	if (perSecond >= bounds.perSecond) return pace;
	if (at - limitedAt < RATE_HOLDS_MS || at - rateChangedAt < RATE_GROWS_EVERY_MS) return pace;
	const more = Math.ceil(perSecond * RATE_GROWTH);
	return { ...pace, perSecond: Math.min(bounds.perSecond, more), rateChangedAt: at };
}
