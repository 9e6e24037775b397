import { echoesOf } from '../http/echo.mts';
import type { Switches } from '../options.mts';
import { ACCEPTED } from './verdict.mts';

/**
 * The answer to past_events as JSON text.
 * @param statuses of the events, in their order
 * @param authorization the header of the request, for the switch `echo`
 */
export function sendAnswer(
	switches: Switches,
	statuses: readonly string[],
	authorization: string | undefined,
): string {
	const accepted = statuses.filter((status) => status === ACCEPTED).length;
	const { singleResult, resultCounts, resultElements, statusSpelling } = switches;
	const isPlain =
		resultCounts === 'right' && resultElements === 'objects' && statusSpelling === 'documented';
	if (isPlain && accepted === statuses.length && accepted > 1) return acceptedAnswer(accepted);
	const echoes = echoesBehind(switches, statuses, authorization);
	const spell = SPELLINGS[statusSpelling];
	const list = statuses
		.map((status, i) => spell(status) + (echoes[i] ?? ''))
		.map(ELEMENTS[resultElements]);
	const results = singleResult === 'object' && list.length === 1 ? list[0] : list;
	return JSON.stringify({ results, ...COUNTS[resultCounts](accepted, list.length - accepted) });
}

/** What the switch `echo` puts behind each status but ACCEPTED; of two halves each status has one, in turn. */
function echoesBehind(
	{ echo, echoOf, echoIn }: Switches,
	statuses: readonly string[],
	authorization: string | undefined,
): readonly string[] {
	if (echo === 'none' || echoIn !== 'statuses') return [];
	const echoes = echoesOf(authorization, echoOf, echo);
	let refused = 0;
	return statuses.map((status) =>
		status === ACCEPTED || echoes.length === 0 ? '' : ` ${echoes[refused++ % echoes.length]}`,
	);
}

const SPELLINGS: Readonly<Record<Switches['statusSpelling'], (status: string) => string>> = {
	documented: (status) => status,
	lowerCase: (status) => status.toLowerCase(),
	capitalized: (status) => status.charAt(0) + status.slice(1).toLowerCase(),
	padded: (status) => ` ${status} `,
};

const ELEMENTS: Readonly<Record<Switches['resultElements'], (status: string) => unknown>> = {
	objects: (status) => ({ status }),
	texts: (status) => status,
	nulls: () => null,
};

const COUNTS: Readonly<
	Record<Switches['resultCounts'], (accepted: number, refused: number) => object>
> = {
	right: (accepted, refused) => ({ successCount: accepted, errorCount: refused }),
	noneAccepted: (accepted, refused) => ({ successCount: 0, errorCount: accepted + refused }),
	allAccepted: (accepted, refused) => ({ successCount: accepted + refused, errorCount: 0 }),
	swapped: (accepted, refused) => ({ successCount: refused, errorCount: accepted }),
	absent: () => ({}),
	text: (accepted, refused) => ({
		successCount: String(accepted),
		errorCount: String(refused),
	}),
};

/** Answers to benchmarks are all the same. */
const allAccepted = new Map<number, string>();

/** The answer where every one of so many events was accepted. */
export function acceptedAnswer(count: number): string {
	const known = allAccepted.get(count);
	if (known !== undefined) return known;
	const results = Array.from({ length: count }, () => ({ status: ACCEPTED }));
	const text = JSON.stringify({ results, successCount: count, errorCount: 0 });
	allAccepted.set(count, text);
	return text;
}
