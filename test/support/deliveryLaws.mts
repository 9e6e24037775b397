import { ok } from 'node:assert';

import type { Outcome } from '../../nodes/Esputnik/delivery/outcome.ts';
import type { DeliveryRun } from './deliveryRun.mts';
import type { DeliveryScript } from './deliveryScript.mts';
import { POISON, type Call, type EventNature } from './modelServer.mts';

type Laws = Record<string, (run: DeliveryRun) => void>;

/** What every run tells of its events is true, whatever goes wrong. */
export const LAWS_OF_OUTCOMES: Laws = {
	'every event has one outcome, with a reason and advice unless it is accepted': ({
		script,
		report: { outcomes },
	}) => {
		ok(outcomes.length === script.natures.length);
		for (const outcome of outcomes) {
			ok(['accepted', 'rejected', 'uncertain', 'notSent'].includes(outcome.status));
			if (outcome.status === 'accepted') continue;
			const { reason, what, advice } = outcome.problem;
			ok(reason !== '' && what !== '' && advice !== '' && !what.includes('undefined'));
		}
	},

	'accepted events are stored exactly once, or at least once where uncertain ones are resent': ({
		script: { settings },
		report,
		stored,
	}) => {
		report.outcomes.forEach(({ status }, event) => {
			if (status !== 'accepted') return;
			ok(stored[event] === 1 || (settings.onUncertain === 'resend' && stored[event] > 1));
		});
	},

	'rejected and unsent events are not stored, and stored ones are accepted or uncertain': ({
		report,
		stored,
	}) => {
		report.outcomes.forEach(({ status }, event) => {
			if (status === 'rejected' || status === 'notSent') ok(stored[event] === 0);
		});
	},

	'nothing is stored twice where uncertain events are reported': ({
		script: { settings },
		stored,
	}) => {
		if (settings.onUncertain === 'report') ok(stored.every((times) => times <= 1));
	},
};

/** How every run goes about it. */
export const LAWS_OF_REQUESTS: Laws = {
	'what may have been taken is never sent again where it is to be reported': ({
		script: { settings },
		calls,
	}) => {
		if (settings.onUncertain === 'resend') return;
		const inDoubt = new Set<number>();
		for (const { events, fault } of calls) {
			ok(events.every((event) => !inDoubt.has(event)));
			if (fault.kind === 'lost') events.forEach((event) => inDoubt.add(event));
		}
	},

	'a request holds between one event and the batch size': ({ script: { settings }, calls }) => {
		for (const { events } of calls) ok(events.length >= 1 && events.length <= settings.batchSize);
	},

	'one bad event costs two extra requests for each halving at most': ({ script, calls }) => {
		const { natures, sizeLimit, settings, contacts } = script;
		const firstRequests =
			contacts > 0 ? natures.length : Math.ceil(natures.length / settings.batchSize);
		const poisoned = natures.filter(spoilsRequests).length;
		const forPoison = poisoned * 2 * Math.ceil(Math.log2(settings.batchSize));
		const forSize = sizeLimit < settings.batchSize ? 2 * natures.length : 0;
		const partlyQueued = calls.filter(({ told }) => isPartlyQueued(told)).length;
		ok(bodies(calls).size <= firstRequests + forPoison + forSize + partlyQueued);
	},

	'a body is sent once, and as often again as retries are allowed': ({
		script: { settings },
		calls,
	}) => {
		for (const { sent } of bodies(calls).values()) ok(sent <= 1 + settings.maxRetries);
	},

	'requests and retries are counted, and outcomes name the last request that carried the event': ({
		report,
		calls,
	}) => {
		const known = bodies(calls);
		ok(report.requests === known.size);
		ok(report.retries === calls.length - known.size);
		const last = new Map<number, number>();
		for (const call of calls) {
			for (const event of call.events) last.set(event, known.get(keyOf(call))?.number ?? 0);
		}
		report.outcomes.forEach(({ request }, event) => ok(request === last.get(event)));
	},

	'no more requests are in flight than allowed, and the first goes alone': ({
		script: { settings },
		calls,
		mostAtOnce,
	}) => {
		const { parallelRequests, requestsPerSecond } = settings;
		ok(mostAtOnce <= (parallelRequests || Math.min(16, requestsPerSecond)));
		for (const { startedAt } of calls.slice(1)) ok(startedAt >= calls[0].endedAt);
	},

	'no event is on its way twice at a time': ({ calls }) => {
		const onItsWayUntil = new Map<number, number>();
		for (const { events, startedAt, endedAt } of calls) {
			for (const event of events) {
				ok((onItsWayUntil.get(event) ?? 0) <= startedAt);
				onItsWayUntil.set(event, endedAt);
			}
		}
	},

	'events of one contact are never on their way at the same time, and leave in their order': ({
		script: { contacts },
		calls,
	}) => {
		if (contacts === 0) return;
		const last = new Map<number, { event: number; until: number }>();
		for (const { events, startedAt, endedAt } of calls) {
			for (const event of events) {
				const before = last.get(event % contacts);
				ok(before === undefined || (before.event <= event && before.until <= startedAt));
				last.set(event % contacts, { event, until: endedAt });
			}
		}
	},

	'the search for bad events costs no more than its bounds': ({ script, report, calls }) => {
		const firstOrAgain = calls.filter(({ told }) => isPartlyQueued(told)).length;
		const bound = Math.min(2000, Math.max(480, script.natures.length / 5));
		ok(report.requests <= script.natures.length + bound + firstOrAgain);
	},

	'no window of one second has more requests than allowed': ({ script: { settings }, calls }) => {
		for (let later = settings.requestsPerSecond; later < calls.length; later++) {
			const first = calls[later - settings.requestsPerSecond];
			ok(calls[later].startedAt - first.startedAt > 1000);
		}
	},

	'nothing starts after an answer that no request can survive': ({ calls }) => {
		const fatal = calls.filter(({ fault }) => fault.kind === 'fatal');
		const first = Math.min(...fatal.map(({ endedAt }) => endedAt));
		ok(calls.every(({ startedAt }) => startedAt <= first));
	},

	'it ends the moment the user clicks Stop, and sends nothing more': ({
		script: { cancelAt },
		calls,
		endedAt,
	}) => {
		if (cancelAt === undefined) return;
		ok(endedAt <= cancelAt);
		ok(calls.every(({ startedAt }) => startedAt <= cancelAt));
	},

	'once an event is refused or uncertain, Stop Workflow starts only the search for bad events': ({
		script: { settings },
		calls,
	}) => {
		if (!settings.stopOnProblem) return;
		const found = calls.filter((call) => showsProblem(call, settings.onUncertain));
		const first = Math.min(...found.map(({ endedAt }) => endedAt));
		const searched = new Set<number>();
		for (const { events, startedAt, told } of calls) {
			if (startedAt > first) ok(events.every((event) => searched.has(event)));
			if (isRefusal(told)) events.forEach((event) => searched.add(event));
		}
	},

	'Stop Workflow starts everything as long as no event is refused or uncertain': ({ report }) => {
		const { outcomes } = report;
		const stopped = outcomes.some((outcome) => reasonOf(outcome) === 'STOPPED');
		const refused = outcomes.some((outcome) => reasonOf(outcome) === 'REQUEST_REJECTED');
		const found = outcomes.some(({ status }) => status === 'rejected' || status === 'uncertain');
		ok(!stopped || found || refused);
	},

	'without faults the search for bad events is finished, under Stop Workflow too': ({
		script,
		calls,
		report,
	}) => {
		if (isDisturbed(script)) return;
		for (const { events, told } of calls) {
			if (!isRefusal(told)) continue;
			ok(events.every((event) => report.outcomes[event].status !== 'notSent'));
		}
	},

	'without faults everything good is accepted and everything bad is rejected': ({
		script,
		report,
	}) => {
		const { natures, settings } = script;
		if (isDisturbed(script) || settings.stopOnProblem) return;
		natures.forEach((nature, event) => {
			const { status } = report.outcomes[event];
			const good =
				nature.kind === 'good' ||
				nature.kind === 'once' ||
				(nature.kind === 'queueFull' && nature.times <= settings.maxRetries);
			ok(status === (good ? 'accepted' : 'rejected'));
		});
	},
};

function reasonOf(outcome: Outcome): string | undefined {
	return outcome.status === 'accepted' ? undefined : outcome.problem.reason;
}

/** @throws Error naming the first law that the run breaks */
export function obey(run: DeliveryRun, ...books: Laws[]): void {
	for (const [law, check] of books.flatMap((laws) => Object.entries(laws))) {
		try {
			check(run);
		} catch (error) {
			throw new Error(`Broken: ${law}`, { cause: error });
		}
	}
}

/** Whether something goes wrong besides bad events, or so many are bad that the search for them may be given up. */
function isDisturbed({ natures, faults, settings, cancelAt, sizeLimit }: DeliveryScript): boolean {
	const refusals = natures.some(spoilsRequests) || sizeLimit < settings.batchSize;
	return (
		faults.some(({ kind }) => kind !== 'none') ||
		cancelAt !== undefined ||
		(settings.batchSize > 16 && refusals)
	);
}

function spoilsRequests(nature: EventNature): boolean {
	return nature.kind === 'poison' || (nature.kind === 'once' && nature.then === POISON);
}

/** The bodies in the order of their first sending, numbered from 1. */
function bodies(calls: readonly Call[]): Map<string, { number: number; sent: number }> {
	const known = new Map<string, { number: number; sent: number }>();
	for (const call of calls) {
		const key = keyOf(call);
		const body = known.get(key) ?? { number: known.size + 1, sent: 0 };
		body.sent++;
		known.set(key, body);
	}
	return known;
}

function keyOf({ events }: Call): string {
	return events.join();
}

function isPartlyQueued(told: Call['told']): boolean {
	if (told === undefined || told === 'throw' || told.kind !== 'results') return false;
	return (
		told.statuses.includes('SERVER_ERROR') &&
		told.statuses.some((status) => status !== 'SERVER_ERROR')
	);
}

function isRefusal(told: Call['told']): boolean {
	if (told === undefined || told === 'throw') return false;
	return told.kind === 'status' && (told.status === 400 || told.status === 413);
}

function showsProblem({ events, fault, told }: Call, onUncertain: 'report' | 'resend'): boolean {
	if (fault.kind === 'lost') return onUncertain === 'report';
	if (isRefusal(told)) return events.length === 1;
	return (
		told !== undefined &&
		told !== 'throw' &&
		told.kind === 'results' &&
		told.statuses.some((status) => status !== 'ACCEPTED' && status !== 'SERVER_ERROR')
	);
}
